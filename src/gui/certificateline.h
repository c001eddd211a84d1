// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QWidget>

class QLabel;

namespace courier {

class GlyphLabel;

/// The certificate that a destination's receiver showed last, among the facts of its page; hidden where there is none
/// to show. Promote a QWidget to it. GUI thread.
class CertificateLine : public QWidget
{
    Q_OBJECT

public:
    explicit CertificateLine(QWidget *parent = nullptr);

    /// \a now is ms since 1970 UTC.
    void showCertificateOf(const Destination &destination, qint64 now);

private:
    GlyphLabel *m_glyph; ///< shown once it is about to expire
    QLabel *m_words;
};

/// "hooks.example.com, issued by Example CA, valid until 12 Jan 2027, SHA-256 AB:CD:..."; the digest in four groups, so
/// that a narrow page can break it. "Not seen yet" where none was.
QString certificateFact(const ServerCertificate &certificate, qint64 now);

} // namespace courier
