// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/commandcall.h"
#include "app/commands/commandspec.h"
#include "app/commands/output.h"
#include "desk/desk.h"
#include "desk/destinationwriter.h"
#include "store/whendone.h"

#include <QEventLoop>
#include <QHash>

#include <memory>

namespace courier::commands {

/// One run of a command: what was typed, where its words go, and the store. Commands wait for what they ask of the
/// store, for they have nothing else to do. Main thread.
class Run
{
public:
    /// Opens the store in \a directory, with the senders where the command needs them. \a clock outlives the run.
    static Result<std::unique_ptr<Run>> open(const CommandSpec &spec, const Call &call, const QString &directory,
                                             const Clock &clock);
    ~Run();
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    const Call &call() const { return m_call; }
    Output &out() { return m_out; }
    const Clock &clock() const { return m_clock; }
    Store &store() { return m_desk ? m_desk->store() : *m_store; }
    Queries &queries() { return *m_queries; }
    Desk &desk() { return *m_desk; } ///< of commands that send
    SecretVault &vault() { return m_desk ? m_desk->secrets() : *m_vault; }
    DestinationWriter &writer() { return *m_writer; } ///< of commands that don't send

    template<typename Id>
    QString idText(Id id)
    {
        return publicId(id, store().key());
    }
    /// Those not deleted, by name.
    QList<Destination> destinations();
    /// By id or name, whatever the case; a Failure that says that there is none.
    tl::expected<Destination, Failure> destination(const QString &idOrName);
    /// Every argument as a destination, each once.
    tl::expected<QList<Destination>, Failure> destinationArguments();
    /// Its name, deleted or not.
    QString destinationName(DestinationId id);
    /// By id, or the newest by "latest".
    tl::expected<AlertId, Failure> alert(const QString &idOrLatest);
    tl::expected<Delivery, Failure> delivery(const QString &idOrLatest);

    /// What came of a write, once it is committed. Events go on meanwhile: the key ring's answers are some.
    template<typename T>
    tl::expected<T, Failure> wait(const QFuture<Result<T>> &future)
    {
        QEventLoop loop;
        whenDone(&loop, future, [&loop](const Result<T> &) { loop.quit(); });
        loop.exec();
        return future.result().map_error([](const Error &error) { return refused(error).value(); });
    }

private:
    Run(const Call &call, const Clock &clock);

    Call m_call;
    Output m_out;
    const Clock &m_clock;
    std::unique_ptr<Store> m_store; ///< null where the desk has it
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<SecretVault> m_vault;        ///< null where the desk has one
    std::unique_ptr<DestinationWriter> m_writer; ///< null where the desk has one
    std::unique_ptr<Queries> m_queries;
    QHash<DestinationId, QString> m_names;
};

} // namespace courier::commands
