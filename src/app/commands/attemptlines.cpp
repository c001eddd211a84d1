// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/attemptlines.h"

#include "gui/bodytext.h"
#include "gui/packedbody.h"
#include "models/deliverysummary.h"
#include "models/words.h"

namespace courier::commands {
namespace {

constexpr int step = 2;

QString headerBlock(const QString &title, const QByteArray &headers)
{
    if (headers.isEmpty()) {
        return {};
    }
    return QString(step, u' ') + title + u'\n' + printableLines(QString::fromUtf8(headers), 2 * step);
}

} // namespace

QString bodyLines(const Attempt &attempt, int indent)
{
    if (attempt.bodyDroppedDays > 0) {
        return QString(indent, u' ') + Text::tr("(dropped after %1 days)").arg(attempt.bodyDroppedDays) + u'\n';
    }
    if (attempt.responseBody.isEmpty()) {
        return {};
    }
    if (const auto unpacked = unpackedBody(attempt.responseHeaders, attempt.responseBody, storedBodyLimit);
        unpacked && !unpacked->bytes.isEmpty() && isCleanText(unpacked->bytes)) {
        const QString packing = packingWords(*unpacked, attempt.responseBody.size());
        return QStringLiteral("%1%2(%3)\n")
            .arg(printableLines(bodyText(unpacked->bytes, BodyFormat::Raw), indent), QString(indent, u' '), packing);
    }
    const BodyFormat format = isCleanText(attempt.responseBody) ? BodyFormat::Raw : BodyFormat::Hex;
    QString lines = printableLines(bodyText(attempt.responseBody, format), indent);
    if (attempt.bodyCut) {
        const QString kept = words::limitSize(attempt.responseBody.size());
        const QString cut =
            attempt.responseBodySize > 0
                ? Text::tr("(stored the first %1 of %2)").arg(kept, words::size(attempt.responseBodySize))
                : Text::tr("(stored the first %1)").arg(kept);
        lines += QString(indent, u' ') + cut + u'\n';
    }
    return lines;
}

QString attemptLines(const Attempt &attempt, qint64 now, bool whole)
{
    QString lines = Text::tr("Attempt %1, %2, %3: %4")
                        .arg(QString::number(attempt.number), words::relativeTime(attempt.startedAt, now),
                             displayName(attempt.trigger), printable(attemptResult(attempt)));
    const QString took = attemptDuration(attempt);
    lines += took.isEmpty() ? QString(u'\n') : QStringLiteral(" (%1)\n").arg(took);
    if (!whole) {
        return lines;
    }
    lines += headerBlock(Text::tr("Request, POST %1").arg(printable(attempt.maskedUrl)), attempt.requestHeaders);
    lines += headerBlock(Text::tr("Answer"), attempt.responseHeaders);
    if (!attempt.responseBody.isEmpty() || attempt.bodyDroppedDays > 0) {
        lines += QString(step, u' ') + Text::tr("Body") + u'\n' + bodyLines(attempt, 2 * step);
    }
    return lines;
}

} // namespace courier::commands
