// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alerttype.h"
#include "domain/error.h"
#include "domain/ids.h"
#include "domain/retryschedule.h"
#include "domain/secrets.h"
#include "domain/security.h"
#include "domain/servercertificate.h"
#include "domain/severity.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace courier {

/// A header of the operator's own, sent with each request to a destination.
struct Header
{
    QByteArray name;
    QByteArray value;    ///< empty where it is secret: then it is among the destination's secrets
    bool secret = false; ///< its value is kept where secrets are kept, and shown nowhere
    bool operator==(const Header &) const = default;
};

/// How the last test alert to a destination ended.
enum class TestState : quint8 { NotTested = 0, Passed = 1, Failed = 2 };

/// Where alerts go: a webhook, and which alerts it takes. A plain value; the store holds the ones in force.
struct Destination
{
    DestinationId id{}; ///< 0 until it is stored
    QString name;       ///< unique among those not deleted, whatever the case
    QString url;        ///< absolute http or https address, as the operator entered it
    SeveritySet severities{Severity::Critical, Severity::High, Severity::Medium};
    AlertTypeSet types = AlertTypeSet::all();
    QList<Header> headers;
    int timeoutSeconds = 10; ///< wall-clock limit over one whole attempt, 1 to 120
    RetrySchedule schedule = RetrySchedule::Standard;
    int maxRetries = maxRetriesLimit; ///< 0 to 10
    double ratePerSecond = 0;         ///< at most so many requests a second, tests left out; 0: no limit
    bool resolutions = false;         ///< is also told when an alert is over, by a delivery of its own
    DestinationSecurity security;     ///< how it is reached and convinced; what is secret of it is elsewhere
    StoredSecrets secrets;            ///< where that is; set by what writes them, see desk/destinationwriter.h
    bool paused = false;
    bool builtInReceiver = false; ///< made by "Try it with the built-in receiver"
    TestState testState = TestState::NotTested;
    qint64 testedAt = 0;             ///< ms since 1970 UTC
    QString testResult;              ///< "200 OK", "Could not connect: ..."
    ServerCertificate certificate;   ///< that the receiver showed last; set by what records attempts
    qint64 createdAt = 0;            ///< ms since 1970 UTC
    std::optional<qint64> deletedAt; ///< set once deleted: kept for the history, takes nothing any more

    bool isDeleted() const { return deletedAt.has_value(); }
};

constexpr int minTimeoutSeconds = 1;
constexpr int maxTimeoutSeconds = 120;
constexpr double minRate = 0.01; ///< a second; kept to hundredths
constexpr double maxRate = 1000;
constexpr int maxNameLength = 200;
constexpr int maxUrlLength = 8192;
constexpr int maxHeaders = 64;

/// The fields of a destination that can be at fault.
enum class DestinationField {
    Name,
    Url,
    Severities,
    Types,
    Headers,
    Timeout,
    Retries,
    Rate,
    Signing,
    Authentication,
    Tls,
    Proxy
};

/// What is wrong with, or worth knowing about, one field. The message is for the operator (translated).
struct FieldIssue
{
    DestinationField field;
    bool isError; ///< false: a warning that doesn't stop anything
    QString message;
    int row = -1; ///< for Headers: which one
};

/// Checks everything but that the name is free. Errors first, then warnings, each in the order of the form.
QList<FieldIssue> check(const Destination &destination);
/// One field alone, as a form checks it on leaving.
QList<FieldIssue> checkName(const QString &name);
QList<FieldIssue> checkUrl(const QString &url);
QList<FieldIssue> checkHeader(const Header &header, int row);
/// How it signs, logs in, trusts and is reached, as far as it can be seen without its secrets, see securitycheck.cpp.
QList<FieldIssue> checkSecurity(const DestinationSecurity &security, const QList<Header> &headers);

/// Rounded to what is kept: hundredths.
double roundedRate(double ratePerSecond);
/// What of \a secrets the settings still call for: no password without a scheme that has one, no value of a header that
/// isn't secret (any more).
DestinationSecrets secretsInUse(const Destination &destination, const DestinationSecrets &secrets);
/// The kinds that the settings can't do without: no signing without a secret, no bearer without a token.
SecretKinds requiredSecrets(const Destination &destination);

/// "https://host:port/" and six hex digits of the whole address' SHA-256: enough to tell two addresses apart, without
/// the parts that are as good as a password. For logs, errors, exports and the history.
QString maskedUrl(const QString &url);

} // namespace courier
