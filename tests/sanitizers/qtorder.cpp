// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the thread sanitizer can't see by itself: Debian's Qt isn't built with it, so that the locks inside of Qt are
// not there for it, and every value that goes from thread to thread in a queued call, a future or a pool's task would
// be reported as a race. Each function here stands before Qt's own of the same name: it tells the sanitizer that what
// was done before a hand-over comes before what is done after it, and goes on to Qt's. QMutex does so itself.
//
// Linked into test programs that are built with the thread sanitizer, and into nothing else.

#include <QCoreApplication>
#include <QFutureInterface>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

namespace {

// Stands for all threads: a signal doesn't tell where its receivers live.
char everybody;

/// Qt's function of that (mangled) name.
template<typename Function>
Function *qts(const char *name)
{
    void *const found = dlsym(RTLD_NEXT, name);
    if (!found) {
        qFatal("Qt has no %s any more: see tests/sanitizers", name);
    }
    return reinterpret_cast<Function *>(found);
}

void handOver(const void *token)
{
    __tsan_release(const_cast<void *>(token));
}

void takeOver(const void *token)
{
    __tsan_acquire(const_cast<void *>(token));
}

// Every event comes by here before its receiver gets it; those that were posted to another thread are among them.
bool onEvent(void **)
{
    takeOver(&everybody);
    takeOver(QThread::currentThread());
    return false;
}

const bool isWatching = QInternal::registerCallback(QInternal::EventNotifyCallback, onEvent);

} // namespace

// Signals, queued calls and events.

void QMetaObject::activate(QObject *sender, const QMetaObject *meta, int signal, void **arguments)
{
    using Function = void(QObject *, const QMetaObject *, int, void **);
    static Function *const next = qts<Function>("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    handOver(&everybody);
    next(sender, meta, signal, arguments);
}

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    using Function = bool(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static Function *const next = qts<Function>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    handOver(object ? static_cast<const void *>(object->thread()) : &everybody);
    return next(object, slot, type, result);
}

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    using Function = void(QObject *, QEvent *, int);
    static Function *const next = qts<Function>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    handOver(receiver->thread());
    next(receiver, event, priority);
}

void QObject::deleteLater()
{
    using Function = void(QObject *);
    static Function *const next = qts<Function>("_ZN7QObject11deleteLaterEv");
    handOver(thread());
    next(this);
}

// Threads: the sanitizer sees that one begins, but not that somebody waited for its end.

void QThread::start(Priority priority)
{
    using Function = void(QThread *, Priority);
    static Function *const next = qts<Function>("_ZN7QThread5startENS_8PriorityE");
    connect(this, &QThread::finished, this, [this] { handOver(this); }, Qt::DirectConnection);
    handOver(this);
    next(this, priority);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    using Function = bool(QThread *, QDeadlineTimer);
    static Function *const next = qts<Function>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool hasEnded = next(this, deadline);
    takeOver(this);
    return hasEnded;
}

bool QThread::isFinished() const
{
    using Function = bool(const QThread *);
    static Function *const next = qts<Function>("_ZNK7QThread10isFinishedEv");
    const bool isOver = next(this);
    takeOver(this);
    return isOver;
}

// Pools.

void QThreadPool::start(std::function<void()> task, int priority)
{
    using Function = void(QThreadPool *, std::function<void()>, int);
    static Function *const next = qts<Function>("_ZN11QThreadPool5startESt8functionIFvvEEi");
    handOver(this);
    next(
        this,
        [this, task = std::move(task)]() mutable {
            takeOver(this);
            task();
            task = {}; // what it held goes here, too
            handOver(this);
        },
        priority);
}

void QThreadPool::start(QRunnable *runnable, int priority)
{
    start(
        [runnable] {
            const bool isOurs = runnable->autoDelete();
            runnable->run();
            if (isOurs) {
                delete runnable;
            }
        },
        priority);
}

bool QThreadPool::waitForDone(int msecs)
{
    using Function = bool(QThreadPool *, int);
    static Function *const next = qts<Function>("_ZN11QThreadPool11waitForDoneEi");
    const bool isDone = next(this, msecs);
    takeOver(this);
    return isDone;
}

// Futures.

void QFutureInterfaceBase::reportFinished()
{
    using Function = void(QFutureInterfaceBase *);
    static Function *const next = qts<Function>("_ZN20QFutureInterfaceBase14reportFinishedEv");
    handOver(d);
    handOver(&everybody); // those who watch it get an event
    next(this);
}

void QFutureInterfaceBase::reportResultsReady(int begin, int end)
{
    using Function = void(QFutureInterfaceBase *, int, int);
    static Function *const next = qts<Function>("_ZN20QFutureInterfaceBase18reportResultsReadyEii");
    handOver(d);
    handOver(&everybody);
    next(this, begin, end);
}

void QFutureInterfaceBase::waitForFinished()
{
    using Function = void(QFutureInterfaceBase *);
    static Function *const next = qts<Function>("_ZN20QFutureInterfaceBase15waitForFinishedEv");
    next(this);
    takeOver(d);
}

void QFutureInterfaceBase::waitForResult(int index)
{
    using Function = void(QFutureInterfaceBase *, int);
    static Function *const next = qts<Function>("_ZN20QFutureInterfaceBase13waitForResultEi");
    next(this, index);
    takeOver(d);
}

bool QFutureInterfaceBase::queryState(State state) const
{
    using Function = bool(const QFutureInterfaceBase *, State);
    static Function *const next = qts<Function>("_ZNK20QFutureInterfaceBase10queryStateENS_5StateE");
    const bool is = next(this, state);
    takeOver(d);
    return is;
}

bool QFutureInterfaceBase::isFinished() const
{
    return queryState(Finished);
}
