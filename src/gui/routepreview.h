// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QScrollArea>
#include <QString>

namespace courier {

/// One destination and why it gets an alert, or doesn't.
struct RouteLine
{
    enum class Kind { Now, Held, NotAtAll };
    Kind kind = Kind::NotAtAll;
    QString name;
    QString words; ///< the rule
    bool operator==(const RouteLine &) const = default;
};

/// Who will get an alert: those that do, then a line, then the others, each with the rule. Promote a QScrollArea to it.
/// GUI thread.
class RoutePreview : public QScrollArea
{
    Q_OBJECT

public:
    explicit RoutePreview(QWidget *parent = nullptr);

    /// Does nothing where they are the same as before, so nothing jumps while one types.
    void setLines(const QList<RouteLine> &lines);
    QList<RouteLine> lines() const { return m_lines; }

private:
    static QWidget *newRow(const RouteLine &line);

    QList<RouteLine> m_lines;
};

} // namespace courier
