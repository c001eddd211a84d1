// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/securitypart.h"

#include <memory>

namespace courier {

namespace Ui {
class ProxyFields;
}

/// By which proxy a destination is reached, see domain/security.h. GUI thread.
class ProxyFields : public SecurityPart
{
    Q_OBJECT

public:
    explicit ProxyFields(QWidget *parent = nullptr);
    ~ProxyFields() override;

    void addTo(FormFields &fields) override;
    void setReader(const SecretReader &reader) override;
    void setValue(const Destination &destination) override;
    void write(DestinationSecurity &security) const override;
    void addChanges(SecretChanges &changes) const override;
    void addKinds(SecretKinds &kinds) const override;
    QList<SecurityIssue> issues() const override;

private:
    ProxyKind kind() const;
    bool isOwn() const; ///< the destination's own
    void showKind();

    std::unique_ptr<Ui::ProxyFields> ui;
    ProxySettings m_base;
};

} // namespace courier
