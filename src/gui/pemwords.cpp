// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/pemwords.h"

#include "delivery/certificates.h"
#include "models/words.h"

#include <QCoreApplication>

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
    const QString text = say("%1 (valid until %2)").arg(first.subject.simplified(), words::day(first.expiresAt));
    return facts->size() == 1 ? text : say("%1 and %2 more").arg(text, QString::number(facts->size() - 1));
}

} // namespace courier
