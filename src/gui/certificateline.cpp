// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/certificateline.h"

#include "delivery/certificates.h"
#include "gui/glyphlabel.h"
#include "models/certificatewords.h"

#include <QHBoxLayout>
#include <QLabel>

namespace courier {
namespace {

constexpr int labelWidth = 104; ///< as the columns above it have
constexpr int labelGap = 16;
constexpr int glyphGap = 6;

QString inGroups(const QByteArray &sha256)
{
    constexpr qsizetype groupSize = 8; // bytes
    QStringList groups;
    for (qsizetype at = 0; at < sha256.size(); at += groupSize) {
        groups.append(fingerprint(sha256.mid(at, groupSize)));
    }
    return groups.join(QLatin1Char(' '));
}

} // namespace

CertificateLine::CertificateLine(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel(QStringLiteral("warning"), QStringLiteral("warning")))
    , m_words(new QLabel)
{
    auto *name = new QLabel(tr("Certificate"));
    name->setProperty("muted", true);
    name->setTextFormat(Qt::PlainText);
    name->setMinimumWidth(labelWidth);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setObjectName(QStringLiteral("certificateWords"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(glyphGap);
    row->addWidget(name, 0, Qt::AlignTop);
    row->addSpacing(labelGap - glyphGap);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addWidget(m_words, 1);
}

void CertificateLine::showCertificateOf(const Destination &destination, qint64 now)
{
    const CertificateStanding its = standing(destination.certificate, now);
    m_words->setText(certificateFact(destination.certificate, now));
    m_glyph->setVisible(its != CertificateStanding::Good);
    m_glyph->setColorKey(its == CertificateStanding::Expired ? QStringLiteral("error") : QStringLiteral("warning"));
    setVisible(destination.certificate.isSeen() ||
               destination.url.startsWith(QLatin1String("https:"), Qt::CaseInsensitive));
}

QString certificateFact(const ServerCertificate &certificate, qint64 now)
{
    return certificate.isSeen() ? CertificateLine::tr("%1, SHA-256 %2")
                                      .arg(certificateWords(certificate, now), inGroups(certificate.sha256))
                                : CertificateLine::tr("Not seen yet");
}

} // namespace courier
