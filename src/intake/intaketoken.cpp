// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/intaketoken.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace courier {
namespace {

constexpr qsizetype hashSize = 32;

QByteArray sha256(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256);
}

} // namespace

QString IntakeToken::make()
{
    std::array<quint32, hashSize / sizeof(quint32)> random{};
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const QByteArray bytes(reinterpret_cast<const char *>(random.data()), hashSize);
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString IntakeToken::hash(QStringView token)
{
    return QString::fromLatin1(sha256(token.toUtf8()).toHex());
}

bool IntakeToken::matches(QByteArrayView token, const QByteArray &hexHash)
{
    const QByteArray wanted = QByteArray::fromHex(hexHash);
    const QByteArray given = sha256(token);
    if (wanted.size() != hashSize) {
        return false;
    }
    uint difference = 0;
    for (qsizetype i = 0; i < hashSize; ++i) {
        difference |= static_cast<uint>(static_cast<uchar>(wanted[i]) ^ static_cast<uchar>(given[i]));
    }
    return difference == 0;
}

} // namespace courier
