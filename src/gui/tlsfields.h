// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/securitypart.h"

#include <memory>

namespace courier {

namespace Ui {
class TlsFields;
}

/// Whom a destination trusts over TLS: the system's authorities or its own, or one pinned certificate. GUI thread.
class TlsFields : public SecurityPart
{
    Q_OBJECT

public:
    explicit TlsFields(QWidget *parent = nullptr);
    ~TlsFields() override;

    /// The SHA-256 of the certificate that the receiver showed last, to be pinned by a click; empty: none was seen.
    void setSeenCertificate(const QByteArray &sha256);

    void addTo(FormFields &fields) override;
    void setReader(const SecretReader & /*reader*/) override {}
    void setValue(const Destination &destination) override;
    void write(DestinationSecurity &security) const override;
    void addChanges(SecretChanges & /*changes*/) const override {}
    void addKinds(SecretKinds & /*kinds*/) const override {}
    QList<SecurityIssue> issues() const override;
    void take() override;

private:
    void onAuthority();
    void showAuthority();
    void showSeen();

    std::unique_ptr<Ui::TlsFields> ui;
    TlsSettings m_base;
    QByteArray m_authority;   ///< PEM, of the file that was chosen
    QString m_authorityFault; ///< why there is none, where a file was chosen
    QByteArray m_seen;
};

} // namespace courier
