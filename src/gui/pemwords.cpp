// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/pemwords.h"

#include "delivery/certificates.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("PemWords", text);
}

} // namespace

QString pemWords(const QByteArray &pem)
{
    const Result<QList<CertificateFacts>> facts = certificateFacts(pem);
    if (!facts || facts->isEmpty()) {
        return {};
    }
    const CertificateFacts &first = facts->constFirst();
    const QDate end = QDateTime::fromMSecsSinceEpoch(first.expiresAt).date();
    const QString words = say("%1 (valid until %2)")
                              .arg(first.subject.simplified(), QLocale().toString(end, QStringLiteral("d MMM yyyy")));
    return facts->size() == 1 ? words : say("%1 and %2 more").arg(words, QString::number(facts->size() - 1));
}

} // namespace courier
