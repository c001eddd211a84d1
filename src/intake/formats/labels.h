// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace courier {

/// One label of a Prometheus alert.
struct Label
{
    QByteArray name; ///< UTF-8
    QByteArray value;
};

/// The labels in the order of their names' bytes; of two with one name the last stays, one without a value goes.
QList<Label> normalised(QList<Label> labels);

/// What Prometheus calls a set of labels by: FNV-1a of 64 bits over all names and values, as 16 hexadecimal digits
/// (LabelSet.Fingerprint of prometheus/common). \a labels are normalised.
QString labelFingerprint(const QList<Label> &labels);

} // namespace courier
