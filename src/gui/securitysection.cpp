// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/securitysection.h"

#include "gui/authenticationfields.h"
#include "gui/clientcertificatefields.h"
#include "gui/fieldmessage.h"
#include "gui/proxyfields.h"
#include "gui/signingfields.h"
#include "gui/tlsfields.h"

#include <QGridLayout>

#include <algorithm>

namespace courier {
namespace {

constexpr int rowGap = 12;

int labelWidth(const QGridLayout *grid)
{
    int width = grid->columnMinimumWidth(0);
    for (int row = 0; row < grid->rowCount(); ++row) {
        const QLayoutItem *item = grid->itemAtPosition(row, 0);
        const bool isAcross = item && item == grid->itemAtPosition(row, 1);
        if (item && item->widget() && !isAcross) {
            width = std::max(width, item->widget()->sizeHint().width());
        }
    }
    return width;
}

} // namespace

SecuritySection::SecuritySection(QWidget *parent)
    : QWidget(parent)
{
    m_parts = {new SigningFields(this), new AuthenticationFields(this)};
    m_tls = new TlsFields(this);
    m_parts << m_tls << new ClientCertificateFields(this) << new ProxyFields(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(rowGap);
    for (SecurityPart *part : std::as_const(m_parts)) {
        column->addWidget(part);
        connect(part, &SecurityPart::edited, this, &SecuritySection::edited);
        connect(part, &SecurityPart::left, this, &SecuritySection::left);
        connect(part, &SecurityPart::changed, this, &SecuritySection::changed);
    }
    column->addStretch(1);
    // Where it wraps, a line's width alone says how high it is: what it would be by itself sums up over so many.
    const QList<FieldMessage *> lines = findChildren<FieldMessage *>();
    for (FieldMessage *line : lines) {
        line->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }
}

void SecuritySection::addTo(FormFields &fields)
{
    for (SecurityPart *part : std::as_const(m_parts)) {
        part->addTo(fields);
    }
}

void SecuritySection::setReader(const SecretReader &reader)
{
    for (SecurityPart *part : std::as_const(m_parts)) {
        part->setReader(reader);
    }
}

void SecuritySection::setSeenCertificate(const QByteArray &sha256)
{
    m_tls->setSeenCertificate(sha256);
}

void SecuritySection::setValue(const Destination &destination)
{
    m_base = destination.security;
    for (SecurityPart *part : std::as_const(m_parts)) {
        part->setValue(destination);
    }
}

DestinationSecurity SecuritySection::value() const
{
    DestinationSecurity security = m_base;
    for (const SecurityPart *part : m_parts) {
        part->write(security);
    }
    return security;
}

SecretChanges SecuritySection::changes() const
{
    SecretChanges changes;
    for (const SecurityPart *part : m_parts) {
        part->addChanges(changes);
    }
    return changes;
}

SecretKinds SecuritySection::kinds() const
{
    SecretKinds kinds;
    for (const SecurityPart *part : m_parts) {
        part->addKinds(kinds);
    }
    return kinds;
}

QList<SecurityIssue> SecuritySection::issues() const
{
    QList<SecurityIssue> issues;
    for (const SecurityPart *part : m_parts) {
        issues += part->issues();
    }
    return issues;
}

void SecuritySection::take()
{
    for (SecurityPart *part : std::as_const(m_parts)) {
        part->take();
    }
}

void SecuritySection::alignWith(QGridLayout *form)
{
    QList<QGridLayout *> grids{form};
    for (const SecurityPart *part : std::as_const(m_parts)) {
        grids.append(qobject_cast<QGridLayout *>(part->layout()));
    }
    int width = 0;
    for (const QGridLayout *grid : std::as_const(grids)) {
        width = std::max(width, labelWidth(grid));
    }
    for (QGridLayout *grid : std::as_const(grids)) {
        grid->setColumnMinimumWidth(0, width);
    }
}

} // namespace courier
