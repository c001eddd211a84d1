// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/severity.h"

#include <QComboBox>
#include <QList>
#include <QTableWidget>

#include <utility>

namespace courier {

/// Fills \a combo with the five severities, worst first, each with its glyph.
void fillWithSeverities(QComboBox &combo);
Severity severityIn(const QComboBox &combo);
void setSeverityIn(QComboBox &combo, Severity severity);

/// Words beside the severity that each stands for, edited in place. GUI thread.
class SeverityTable : public QTableWidget
{
    Q_OBJECT

public:
    using Row = std::pair<QString, Severity>;

    explicit SeverityTable(QWidget *parent = nullptr);

    /// Rows without a word are left out.
    QList<Row> entries() const;
    void setEntries(const QList<Row> &entries);
    /// Adds an empty row and edits its word.
    void addEntry();
    void removeCurrent();
    /// Chooses the row of this word.
    void choose(const QString &word);

Q_SIGNALS:
    void edited();

private:
    void append(const Row &entry);
    QString wordAt(int row) const;
};

} // namespace courier
