// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/securitypart.h"

#include <memory>

namespace courier {

namespace Ui {
class SigningFields;
}

/// How requests to a destination are signed, see domain/security.h: with which secret, made here or given, and how long
/// the one before signs beside a new one. GUI thread.
class SigningFields : public SecurityPart
{
    Q_OBJECT

public:
    explicit SigningFields(QWidget *parent = nullptr);
    ~SigningFields() override;

    void addTo(FormFields &fields) override;
    void setReader(const SecretReader &reader) override;
    void setValue(const Destination &destination) override;
    void write(DestinationSecurity &security) const override;
    void addChanges(SecretChanges &changes) const override;
    void addKinds(SecretKinds &kinds) const override;
    QList<SecurityIssue> issues() const override;

private:
    void connectFields();
    SigningScheme scheme() const;
    /// What is stored can be signed with in the scheme that is chosen.
    bool fitsStored() const;
    void onScheme();
    void generate();
    void copy();
    void showScheme();
    void showSecret();
    void showBefore();

    std::unique_ptr<Ui::SigningFields> ui;
    Signing m_base;
    SecretKinds m_stored;
    bool m_isStoredOffered = false; ///< the secret's field says "Stored"
};

} // namespace courier
