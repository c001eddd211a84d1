// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/testwords.h"

#include "gui/bodytext.h"
#include "models/words.h"

#include <QCoreApplication>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("TestWords", text);
}

QString asSentence(const QString &text)
{
    const bool isOne = text.endsWith(QLatin1Char('.')) || text.endsWith(QLatin1Char('!'));
    return isOne || text.isEmpty() ? text : text + QLatin1Char('.');
}

QString answer(const Attempt &attempt)
{
    return attempt.reason.isEmpty() ? QString::number(attempt.status) : attempt.reason;
}

QString location(const Attempt &attempt)
{
    return QString::fromUtf8(headerValues(attempt.responseHeaders, "location").value(0));
}

// What a status means for somebody who sets up a webhook, and what to try.
TestNotice meaningOf(int status)
{
    switch (status) {
    case 400:
    case 422:
        return {say("the receiver answered, and could not use what it got."), say("Its answer below may say why.")};
    case 401:
    case 403:
        return {say("the receiver answered, and refused the credentials."),
                say("Check the token in the Webhook URL, or in the headers under Advanced.")};
    case 404:
    case 410:
        return {say("the receiver answered, but has nothing at this address."),
                say("Check the path in the Webhook URL.")};
    case 405:
        return {say("the receiver answered, but takes no POST at this address."),
                say("Check the path in the Webhook URL.")};
    case 413:
        return {say("the receiver answered, and finds the alert too large."), say("Raise the receiver's limit.")};
    case 415:
        return {say("the receiver answered, and doesn't take JSON at this address."),
                say("Check the path in the Webhook URL.")};
    case 429:
        return {say("the receiver answered, and wants fewer requests."), say("Wait a moment, then test again.")};
    default:
        break;
    }
    if (status >= 500) {
        return {say("the receiver answered, and failed by itself."),
                say("Its own log should say why. Then test again.")};
    }
    return {say("the receiver answered, and did not take the alert."), say("Its answer below may say why.")};
}

TestNotice rejected(const Attempt &attempt)
{
    if (attempt.status >= 300 && attempt.status < 400) {
        const QString to = location(attempt);
        return {asSentence(answer(attempt)), to.isEmpty()
                                                 ? say("Enter the final address as the Webhook URL.")
                                                 : say("Enter the final address as the Webhook URL: %1").arg(to)};
    }
    const TestNotice meaning = meaningOf(attempt.status);
    return {answer(attempt) + QStringLiteral(": ") + meaning.what, meaning.hint};
}

QString hintFor(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Unreachable:
        return say("Start the receiver, or check host and port in the Webhook URL.");
    case Outcome::TlsFailed:
        return say("Check the receiver's certificate, and that it speaks TLS at this port.");
    case Outcome::TimedOut:
        return say("Check that the receiver runs, or allow it more time under Advanced.");
    case Outcome::Unknown:
        return say("Look at the receiver first, then test again.");
    case Outcome::ProxyFailed:
        return say("Check the destination's proxy, or the one in the desktop's network settings.");
    case Outcome::AuthFailed:
        return say("Check the secrets, and what the token endpoint asks for.");
    case Outcome::GuardRefused:
        return say("Use a public address, or let private ones be used in Settings, under Delivery.");
    case Outcome::NotSent:
        return say("Check the Webhook URL and the headers under Advanced.");
    default:
        return say("Test again.");
    }
}

} // namespace

TestNotice testNotice(const Attempt &attempt, const QString &name)
{
    if (attempt.outcome == Outcome::Acknowledged) {
        return {say("Received: %1 in %2.").arg(answer(attempt), words::duration(attempt.durationUs)),
                say("The receiver took the alert. %1 is ready.").arg(name)};
    }
    if (attempt.outcome == Outcome::Rejected) {
        return rejected(attempt);
    }
    return {asSentence(attempt.reason), hintFor(attempt.outcome)};
}

} // namespace courier
