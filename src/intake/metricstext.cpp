// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/metricstext.h"

#include <QLocale>

#include <cmath>

namespace courier {
namespace {

QByteArray escaped(const QString &value)
{
    return value.toUtf8().replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

QByteArray numberText(double value)
{
    constexpr double exactly = 9e15; // whole numbers up to here
    const bool isWhole = std::abs(value) < exactly && value == std::floor(value);
    return isWhole ? QByteArray::number(static_cast<qint64>(value))
                   : QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

void MetricsText::family(QByteArrayView name, Type type, QByteArrayView help)
{
    m_name = name.toByteArray();
    m_text += "# HELP " + m_name + ' ' + help + "\n# TYPE " + m_name;
    switch (type) {
    case Type::Counter:
        m_text += " counter\n";
        break;
    case Type::Gauge:
        m_text += " gauge\n";
        break;
    case Type::Histogram:
        m_text += " histogram\n";
        break;
    }
}

void MetricsText::sample(double value, const Labels &labels)
{
    write({}, labels, value);
}

void MetricsText::histogram(std::span<const double> bounds, std::span<const quint64> counts, double sum,
                            const Labels &labels)
{
    quint64 total = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        total += counts[i];
        Labels with = labels;
        with.append({"le", i < bounds.size() ? QString::fromLatin1(numberText(bounds[i])) : QStringLiteral("+Inf")});
        write("_bucket", with, static_cast<double>(total));
    }
    write("_sum", labels, sum);
    write("_count", labels, static_cast<double>(total));
}

void MetricsText::write(QByteArrayView suffix, const Labels &labels, double value)
{
    m_text += m_name;
    m_text += suffix;
    char before = '{';
    for (const auto &[name, text] : labels) {
        m_text += before;
        m_text += name + QByteArrayLiteral("=\"") + escaped(text) + '"';
        before = ',';
    }
    m_text += labels.isEmpty() ? " " : "} ";
    m_text += numberText(value) + '\n';
}

} // namespace courier
