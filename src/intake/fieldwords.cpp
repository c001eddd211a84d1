// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/fieldwords.h"

#include <QCoreApplication>

namespace courier::fieldwords {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("AlertReader", sentence);
}

} // namespace

QString wrongKind(const QString &wanted, JsonKind found)
{
    return say(QT_TRANSLATE_NOOP("AlertReader", "must be %1, not %2.")).arg(wanted, displayName(found));
}

QString quoted(const QString &text)
{
    constexpr qsizetype limit = 60;
    const QString line = text.left(4 * limit).simplified();
    return QLatin1Char('"') % (line.size() > limit ? QString(line.left(limit) % QChar(0x2026)) : line) %
           QLatin1Char('"');
}

QString tooLong()
{
    return say(QT_TRANSLATE_NOOP("AlertReader", "is longer than 64 KiB."));
}

QString mustNotBeEmpty()
{
    return say(QT_TRANSLATE_NOOP("AlertReader", "must not be empty."));
}

QString arrayOfStrings()
{
    return say(QT_TRANSLATE_NOOP("AlertReader", "an array of strings"));
}

QString inElement(qsizetype number, const QString &fault)
{
    return say(QT_TRANSLATE_NOOP("AlertReader", "element %1 %2")).arg(QString::number(number), fault);
}

QString noDateTime(const QString &text)
{
    return say(QT_TRANSLATE_NOOP("AlertReader",
                                 "%1 is not a date and time with its zone, such as 2026-01-31T12:30:00Z (RFC 3339)."))
        .arg(quoted(text));
}

} // namespace courier::fieldwords
