// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/jsonobject.h"
#include "app/commands/texttable.h"

namespace courier::commands {

/// What a command says: to a person or, with --json, to a script. Main thread.
class Output
{
public:
    explicit Output(bool json)
        : m_json(json)
    {
    }

    bool isJson() const { return m_json; }
    /// One line of JSON.
    void print(const JsonObject &object);
    /// A sentence or line for a person; nothing with --json.
    void say(const QString &line);
    /// The same, of more lines, each with its end.
    void sayLines(const QString &lines);
    void say(const TextTable &table);
    /// As it is, whether with --json or not.
    void printRaw(const QByteArray &bytes);
    /// A line on stderr.
    void complain(const QString &sentence);
    /// Something worth knowing that is no error: on stderr, where a person reads it.
    void remark(const QString &sentence);
    /// True where somebody can be asked: stdin and stderr are a terminal.
    bool canAsk() const;
    /// Asks on stderr for a line that doesn't show while it is typed.
    QByteArray askSecret(const QString &question);
    /// Asks on stderr; true for a yes.
    bool ask(const QString &question);
    /// False where something could not be written.
    bool flush();

private:
    bool m_json;
};

} // namespace courier::commands
