// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/securitypart.h"

#include <memory>

namespace courier {

namespace Ui {
class AuthenticationFields;
}

/// How requests to a destination log in, see domain/security.h. GUI thread.
class AuthenticationFields : public SecurityPart
{
    Q_OBJECT

public:
    explicit AuthenticationFields(QWidget *parent = nullptr);
    ~AuthenticationFields() override;

    void addTo(FormFields &fields) override;
    void setReader(const SecretReader &reader) override;
    void setValue(const Destination &destination) override;
    void write(DestinationSecurity &security) const override;
    void addChanges(SecretChanges &changes) const override;
    void addKinds(SecretKinds &kinds) const override;
    QList<SecurityIssue> issues() const override;

private:
    struct Secret
    {
        AuthScheme scheme;
        SecretKind kind;
        SecretField *field;
    };

    AuthScheme scheme() const;
    void showScheme();

    std::unique_ptr<Ui::AuthenticationFields> ui;
    QList<Secret> m_secrets;
    Authentication m_base;
};

} // namespace courier
