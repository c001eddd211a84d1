// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/certificates.h"
#include "gui/securitypart.h"

#include <memory>
#include <optional>

namespace courier {

namespace Ui {
class ClientCertificateFields;
}

/// Who a destination says it is over TLS: a certificate from a file, PKCS #12 or PEM, with its key in the same file or
/// another. The certificate goes to the settings, the key to the secrets; a passphrase is kept nowhere. GUI thread.
class ClientCertificateFields : public SecurityPart
{
    Q_OBJECT

public:
    explicit ClientCertificateFields(QWidget *parent = nullptr);
    ~ClientCertificateFields() override;

    void addTo(FormFields &fields) override;
    void setReader(const SecretReader & /*reader*/) override {}
    void setValue(const Destination &destination) override;
    void write(DestinationSecurity &security) const override;
    void addChanges(SecretChanges &changes) const override;
    void addKinds(SecretKinds &kinds) const override;
    QList<SecurityIssue> issues() const override;
    void take() override;

private:
    /// What is wrong, and with which of the files.
    struct Fault
    {
        SecurityField field;
        QString message;
    };

    void connectFields();
    /// Reads certificate and key out of the files as they are.
    void import();
    void onImported();
    /// Tries the passphrase, where it is another than the one that was tried last.
    void takePassphrase();
    void clearPassphrase();
    void setFault(SecurityField field, const QString &message);
    bool isPem() const;
    /// The key's text where the certificate is in PEM: of its own file, or of the same.
    QByteArray keyPem() const;
    void showState();

    std::unique_ptr<Ui::ClientCertificateFields> ui;
    QByteArray m_base; ///< the stored certificate
    bool m_isKeyStored = false;
    std::optional<ClientCertificate> m_imported;
    std::optional<Fault> m_fault;
    bool m_wantsPassphrase = false;
    QString m_passphrase; ///< the one that was tried last
};

} // namespace courier
