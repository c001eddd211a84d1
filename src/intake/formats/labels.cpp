// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/formats/labels.h"

#include <algorithm>

namespace courier {

QList<Label> normalised(QList<Label> labels)
{
    std::stable_sort(labels.begin(), labels.end(), [](const Label &a, const Label &b) { return a.name < b.name; });
    QList<Label> list;
    for (const Label &label : labels) {
        if (!list.isEmpty() && list.last().name == label.name) {
            list.last() = label;
        } else {
            list.append(label);
        }
    }
    list.removeIf([](const Label &label) { return label.value.isEmpty(); });
    return list;
}

QString labelFingerprint(const QList<Label> &labels)
{
    constexpr char separator = '\xff';
    quint64 sum = 14695981039346656037ULL;
    const auto add = [&sum](const QByteArray &bytes) {
        for (const char c : bytes) {
            sum = (sum ^ static_cast<uchar>(c)) * 1099511628211ULL;
        }
        sum = (sum ^ static_cast<uchar>(separator)) * 1099511628211ULL;
    };
    for (const Label &label : labels) {
        add(label.name);
        add(label.value);
    }
    return QStringLiteral("%1").arg(sum, 16, 16, QLatin1Char('0'));
}

} // namespace courier
