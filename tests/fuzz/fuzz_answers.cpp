// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What others answer and say of the network: a token endpoint, a receiver's Location, no_proxy.

#include "delivery/environmentproxy.h"
#include "delivery/outcome.h"
#include "delivery/tokenrequest.h"
#include "delivery/tokenstore.h"
#include "fuzz/fuzz.h"
#include "intake/fixedclock.h"

#include <QUrl>

#include <algorithm>

using namespace courier;
using fuzz::must;

namespace {

const FixedClock fixedClock;

void checkToken(const QByteArray &answer)
{
    for (const int status : {200, 400}) {
        const TokenResult token = tokenFrom(status, answer);
        must(status == 200 || !token, "a token comes with a success");
        must(token || !token.error().reason.isEmpty(), "a fault has words");
        if (token) {
            const QByteArray &value = token->value;
            must(std::all_of(value.begin(), value.end(), [](char c) { return c > 0x20 && c < 0x7f; }),
                 "a token fits a header");
        }
        TokenStore store(fixedClock);
        must(store.claim("key", {}).mustFetch, "who comes first asks");
        store.settle("key", token);
    }
}

void checkLocation(const QByteArray &location)
{
    const QUrl url(QStringLiteral("https://example.test/hook?key=secret"));
    for (const int status : {200, 302, 500}) {
        const Verdict verdict = verdictOn(FinalAnswer{status, {}, location, false}, url);
        must((verdict.outcome == Outcome::Acknowledged) == (status == 200), "the status alone decides");
        must(!verdict.reason.contains(QLatin1String("key=secret")), "no reason tells the address");
        must(!verdict.reason.contains(u'\n'), "a reason is one line");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    checkToken(bytes);
    checkLocation(bytes);
    const QString list = QString::fromUtf8(bytes);
    for (const char *host : {"https://example.test", "http://10.1.2.3:8080", "https://[2001:db8::1]"}) {
        const QUrl url{QString::fromLatin1(host)};
        const bool isOut = isLeftOut(url, list);
        must(!isOut || isLeftOut(url, list + QStringLiteral(",other.example")), "more entries leave out no less");
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("all_proxy"), list);
        environmentProxy(url, environment);
    }
    return 0;
}
