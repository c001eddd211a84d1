// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/intakeservice.h"

#include "desk/intakehandler.h"
#include "httpd/httpserver.h"
#include "intake/httpgate.h"
#include "store/whendone.h"

#include <QLoggingCategory>
#include <QSysInfo>

#include <chrono>

Q_LOGGING_CATEGORY(lcIntake, "courier.intake")

namespace courier {
namespace {

using namespace std::chrono_literals;

constexpr auto settingsInterval = 5s;
constexpr auto stopPatience = 1s; ///< for the commit of what was handed in

/// Whether \a changed asks for another listener; else the one that runs may go on.
bool listensTheSame(const IntakeSettings &one, const IntakeSettings &other)
{
    return one.enabled == other.enabled && one.address == other.address && one.open == other.open &&
           one.tokenHash == other.tokenHash;
}

/// As senders write it: a name of this machine instead of "any address".
QUrl reachable(QUrl url)
{
    if (url.host() == QLatin1String("0.0.0.0") || url.host() == QLatin1String("::")) {
        url.setHost(QSysInfo::machineHostName());
    }
    return url;
}

} // namespace

IntakeService::IntakeService(Store &store, const Clock &clock, const AttemptCounts &counts, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_handler(std::make_shared<IntakeHandler>(store, clock, counts, m_pool))
{
    m_pool.setMaxThreadCount(1);
    m_retryTimer.setSingleShot(true);
    m_settingsTimer.setInterval(settingsInterval);
    connect(&m_retryTimer, &QTimer::timeout, this, &IntakeService::listen);
    connect(&m_settingsTimer, &QTimer::timeout, this, &IntakeService::readSettings);
    setOptions({});
}

IntakeService::~IntakeService()
{
    stopListening();
}

void IntakeService::setOptions(const IntakeOptions &options)
{
    m_options = options;
    m_retryTimer.setInterval(options.retryInterval);
    if (!m_started) {
        setStatus(options.off
                      ? IntakeStatus{IntakeStatus::State::Off, tr("Intake off"), {}, {}}
                      : IntakeStatus{IntakeStatus::State::Elsewhere, tr("Another process takes alerts in"), {}, {}});
    }
}

void IntakeService::start()
{
    if (m_started || m_options.off) {
        return;
    }
    m_started = true;
    m_settingsTimer.start();
    readSettings();
}

void IntakeService::readSettings()
{
    whenDone(this, m_store.read([](Queries &queries) { return IntakeSettings::read(queries); }),
             [this](const IntakeSettings &settings) { apply(settings); });
}

void IntakeService::setNames(const QHash<DestinationId, QString> &names)
{
    m_names = names;
    updateView();
}

void IntakeService::apply(const IntakeSettings &settings)
{
    if (!m_started || (m_applied && settings == m_settings)) {
        return;
    }
    const bool same = m_applied && listensTheSame(settings, m_settings);
    m_applied = true;
    m_settings = settings;
    same ? updateView() : listen();
}

Result<IntakeAddress> IntakeService::wantedAddress() const
{
    Result<IntakeAddress> address = IntakeAddress::parse(m_options.address.value_or(m_settings.address));
    if (address && !m_settings.open && !address->isLoopback()) {
        return failure(Error::Kind::Invalid,
                       tr("Other computers reach %1: allow them in Settings first.").arg(address->text()));
    }
    if (address && m_settings.open && m_settings.tokenHash.isEmpty()) {
        return failure(Error::Kind::Invalid, tr("Other computers may send, but there is no token yet."));
    }
    return address;
}

void IntakeService::listen()
{
    stopListening();
    if (!m_settings.enabled && !m_options.address) {
        setStatus({IntakeStatus::State::Off, tr("Intake off"), {}, {}});
        return;
    }
    const Result<IntakeAddress> address = wantedAddress();
    if (!address) {
        fail({}, address.error());
        return;
    }
    auto server = openServer(*address);
    if (!server) {
        fail(*address, server.error());
        return;
    }
    m_server = std::move(*server);
    const QString where = IntakeAddress{address->host, m_server->port()}.text();
    setStatus({IntakeStatus::State::Listening, tr("Alerts come in at %1").arg(where), {}, m_server->url()});
    updateView();
}

void IntakeService::stopListening()
{
    m_retryTimer.stop();
    m_handler->close(m_server ? stopPatience : 0ms); // what is kept is acknowledged, too
    m_server.reset();
    m_pool.waitForDone();
    m_handler->reopen();
}

Result<std::unique_ptr<HttpServer>> IntakeService::openServer(const IntakeAddress &address)
{
    HttpServer::Options options;
    options.address = address.host;
    options.port = address.port;
    options.gate = [access = IntakeAccess{address.host, m_settings.open, m_settings.tokenHash}](
                       const HttpRequest &head) { return refuseHead(head, access); };
    return HttpServer::listen(std::move(options),
                              [handler = m_handler](HttpRequest request, const Responder &responder) {
                                  handler->handle(std::move(request), responder);
                              });
}

void IntakeService::fail(const IntakeAddress &address, const Error &error)
{
    const bool isTaken = error.kind == Error::Kind::Busy;
    setStatus({isTaken ? IntakeStatus::State::PortTaken : IntakeStatus::State::Failed,
               isTaken ? tr("Port %1 is taken").arg(address.port) : tr("No alerts come in over HTTP"),
               error.message,
               {}});
    m_retryTimer.start();
}

void IntakeService::updateView()
{
    m_handler->setView({reachable(m_status.url), m_settings.open, m_settings.severities, m_names});
}

void IntakeService::setStatus(const IntakeStatus &status)
{
    if (m_status == status) {
        return;
    }
    m_status = status;
    if (status.state == IntakeStatus::State::Listening) {
        qCInfo(lcIntake, "Alerts come in at %s", qUtf8Printable(status.url.toString()));
    } else if (!status.reason.isEmpty()) {
        qCWarning(lcIntake, "No alerts come in over HTTP: %s Tried again every %lld s.", qUtf8Printable(status.reason),
                  static_cast<long long>(m_options.retryInterval.count() / 1000));
    }
    Q_EMIT statusChanged(status);
}

} // namespace courier
