// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <span>
#include <utility>

namespace courier {

/// Writes Prometheus' text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). One family after the other, each with its samples.
/// For one thread.
class MetricsText
{
public:
    enum class Type { Counter, Gauge, Histogram };
    using Labels = QList<std::pair<QByteArrayView, QString>>;

    /// Begins a family; its samples follow.
    void family(QByteArrayView name, Type type, QByteArrayView help);
    void sample(double value, const Labels &labels = {});
    /// A histogram's samples. \a bounds are the buckets' upper ends, ascending; \a counts are what fell into each, and
    /// last what is above all: one more than bounds.
    void histogram(std::span<const double> bounds, std::span<const quint64> counts, double sum,
                   const Labels &labels = {});

    const QByteArray &text() const { return m_text; }

private:
    void write(QByteArrayView suffix, const Labels &labels, double value);

    QByteArray m_text;
    QByteArray m_name;
};

} // namespace courier
