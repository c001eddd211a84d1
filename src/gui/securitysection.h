// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/securitypart.h"

#include <QList>

class QGridLayout;

namespace courier {

class TlsFields;

/// All of a destination's security as fields: signing, authentication, TLS, proxy. Promote a QWidget to it. GUI thread.
class SecuritySection : public QWidget
{
    Q_OBJECT

public:
    explicit SecuritySection(QWidget *parent = nullptr);

    void addTo(FormFields &fields);
    void setReader(const SecretReader &reader);
    void setSeenCertificate(const QByteArray &sha256);
    void setValue(const Destination &destination);
    /// As it stands, over that of the last setValue().
    DestinationSecurity value() const;
    SecretChanges changes() const;
    SecretKinds kinds() const;
    QList<SecurityIssue> issues() const;
    void take();
    /// Its labels take a column as wide as that of \a form, and the other way round.
    void alignWith(QGridLayout *form);

Q_SIGNALS:
    void edited();
    void left(courier::SecurityField field);
    void changed(courier::SecurityField field);

private:
    TlsFields *m_tls;              ///< child
    QList<SecurityPart *> m_parts; ///< children
    DestinationSecurity m_base;
};

} // namespace courier
