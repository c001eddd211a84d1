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
// Stands for those of all pools.
char pools;

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

namespace {

/// A queued call: whoever lets go of it last, the caller or the thread that was called, does so after both are done.
class QueuedCall final : public QtPrivate::QSlotObjectBase
{
public:
    explicit QueuedCall(QtPrivate::QSlotObjectBase *called)
        : QSlotObjectBase(&act)
        , m_called(called)
    {
        handOver(this);
    }

private:
    static void act(int what, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *)
    {
        takeOver(self);
        auto *const call = static_cast<QueuedCall *>(self);
        if (what == QSlotObjectBase::Call) {
            call->m_called->call(receiver, arguments);
            handOver(self);
        } else if (what == Destroy) {
            call->m_called->destroyIfLastRef();
            delete call;
        }
    }

    QtPrivate::QSlotObjectBase *const m_called;
};

} // namespace

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
    return next(object, new QueuedCall(slot), type, result);
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

namespace {

/// A pool's task: its thread takes over before it looks at anything of it.
class Task final : public QRunnable
{
public:
    Task(QThreadPool *pool, std::function<void()> function)
        : m_pool(pool)
        , m_function(std::move(function))
    {
        handOver(&pools);
    }
    void run() override
    {
        takeOver(&pools);
        m_function();
        m_function = {}; // what it held goes here, too
        handOver(m_pool);
    }

private:
    QThreadPool *const m_pool;
    std::function<void()> m_function;
};

} // namespace

void QThreadPool::start(QRunnable *runnable, int priority)
{
    using Function = void(QThreadPool *, QRunnable *, int);
    static Function *const next = qts<Function>("_ZN11QThreadPool5startEP9QRunnablei");
    const auto run = [runnable] {
        const bool isOurs = runnable->autoDelete();
        runnable->run();
        if (isOurs) {
            delete runnable;
        }
    };
    next(this, new Task(this, run), priority);
}

void QThreadPool::start(std::function<void()> function, int priority)
{
    using Function = void(QThreadPool *, QRunnable *, int);
    static Function *const next = qts<Function>("_ZN11QThreadPool5startEP9QRunnablei");
    next(this, new Task(this, std::move(function)), priority);
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

// Who lets go of a future last clears what it holds.
bool QFutureInterfaceBase::derefT() const noexcept
{
    using Function = bool(const QFutureInterfaceBase *);
    static Function *const next = qts<Function>("_ZNK20QFutureInterfaceBase6derefTEv");
    handOver(d);
    const bool isHeld = next(this);
    if (!isHeld) {
        takeOver(d);
    }
    return isHeld;
}

bool QFutureInterfaceBase::isFinished() const
{
    return queryState(Finished);
}

// What is to follow a future's end is set by one thread, run by another and cleared by whoever is done last.

void QFutureInterfaceBase::setContinuation(std::function<void(const QFutureInterfaceBase &)> function)
{
    setContinuation(std::move(function), nullptr);
}

void QFutureInterfaceBase::setContinuation(std::function<void(const QFutureInterfaceBase &)> function,
                                           QFutureInterfaceBasePrivate *data)
{
    using Function =
        void(QFutureInterfaceBase *, std::function<void(const QFutureInterfaceBase &)>, QFutureInterfaceBasePrivate *);
    static Function *const next =
        qts<Function>("_ZN20QFutureInterfaceBase15setContinuationESt8functionIFvRKS_EEP27QFutureInterfaceBasePrivate");
    takeOver(d);
    handOver(d);
    next(this, std::move(function), data);
    handOver(d);
}

void QFutureInterfaceBase::cleanContinuation()
{
    using Function = void(QFutureInterfaceBase *);
    static Function *const next = qts<Function>("_ZN20QFutureInterfaceBase17cleanContinuationEv");
    takeOver(d);
    next(this);
    handOver(d);
}

void QFutureInterfaceBase::runContinuation() const
{
    using Function = void(const QFutureInterfaceBase *);
    static Function *const next = qts<Function>("_ZNK20QFutureInterfaceBase15runContinuationEv");
    takeOver(d);
    next(this);
    handOver(d);
}
