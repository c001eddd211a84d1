// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace QKeychain {
class Job;
}

namespace courier {

/// What the desktop's key ring said.
struct KeyRingAnswer
{
    enum class Kind { Done, NotThere, Locked, NoService, Failed };
    Kind kind = Kind::Failed;
    QByteArray value; ///< of a read that is Done
    QString detail;   ///< for the log
};

/// The desktop's secret service, through QtKeychain, with a time limit of our own: a key ring that is locked may ask
/// its owner and wait for ever, and what was asked can't be taken back. Until it has answered after all, whatever else
/// is asked of it is told "locked" at once. Lives on the main thread.
class KeyRing : public QObject
{
    Q_OBJECT

public:
    using Handle = std::function<void(const KeyRingAnswer &)>;

    explicit KeyRing(std::chrono::milliseconds limit, QObject *parent = nullptr);

    void read(const QString &key, Handle handle);
    /// What is written after its time was up is taken out again: nobody knows of it.
    void write(const QString &key, const QByteArray &value, Handle handle);
    void remove(const QString &key, Handle handle);

    /// Whether a question that the key ring puts to its owner is still open.
    bool isOverdue() const { return m_overdue > 0; }
    /// Whether it is worth asking again: it is there, and isn't locked. Asks nobody for anything.
    void look(std::function<void(bool)> handle);

Q_SIGNALS:
    void answeredLate(); ///< what was overdue is over: ask again

private:
    struct Call;
    using MakeJob = std::function<QKeychain::Job *()>;
    void start(const QString &key, MakeJob make, Handle handle, std::function<void()> undo);
    void ask(const std::shared_ptr<Call> &call);
    void finished(const std::shared_ptr<Call> &call, QKeychain::Job *job);
    void tellWhy(const std::shared_ptr<Call> &call, const KeyRingAnswer &answer);

    std::chrono::milliseconds m_limit;
    int m_overdue = 0;
};

} // namespace courier
