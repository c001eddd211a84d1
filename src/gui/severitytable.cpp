// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/severitytable.h"

#include "gui/glyphs.h"
#include "gui/viewsetup.h"
#include "models/marks.h"

#include <QHeaderView>

#include <algorithm>

namespace courier {
namespace {

constexpr int WordColumn = 0;
constexpr int SeverityColumn = 1;
constexpr int comboRowHeight = 38; // room for a combo box
constexpr int wordWidth = 260;

} // namespace

void fillWithSeverities(QComboBox &combo)
{
    for (const Severity severity : allSeverities()) {
        combo.addItem(glyphIcon(severityGlyph(severity), severityColorKey(severity)), displayName(severity));
    }
}

Severity severityIn(const QComboBox &combo)
{
    return allSeverities().at(std::max(0, combo.currentIndex()));
}

void setSeverityIn(QComboBox &combo, Severity severity)
{
    combo.setCurrentIndex(static_cast<int>(allSeverities().indexOf(severity)));
}

SeverityTable::SeverityTable(QWidget *parent)
    : QTableWidget(0, 2, parent)
{
    setHorizontalHeaderLabels({tr("Word or level"), tr("Becomes")});
    prepareTable(this);
    verticalHeader()->setDefaultSectionSize(comboRowHeight);
    setSelectionMode(QAbstractItemView::SingleSelection);
    horizontalHeader()->setSectionsMovable(false);
    horizontalHeader()->setSectionResizeMode(SeverityColumn, QHeaderView::Stretch);
    setColumnWidth(WordColumn, wordWidth);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                    QAbstractItemView::AnyKeyPressed);
    connect(this, &QTableWidget::itemChanged, this, &SeverityTable::edited);
}

QList<SeverityTable::Row> SeverityTable::entries() const
{
    QList<Row> entries;
    for (int row = 0; row < rowCount(); ++row) {
        const auto *combo = qobject_cast<QComboBox *>(cellWidget(row, SeverityColumn));
        if (const QString word = wordAt(row); !word.isEmpty() && combo) {
            entries.append({word, severityIn(*combo)});
        }
    }
    return entries;
}

void SeverityTable::setEntries(const QList<Row> &entries)
{
    setRowCount(0);
    for (const Row &entry : entries) {
        append(entry);
    }
    if (!entries.isEmpty()) {
        setCurrentCell(0, WordColumn);
    }
}

void SeverityTable::addEntry()
{
    append({{}, Severity::Medium});
    setFocus();
    setCurrentCell(rowCount() - 1, WordColumn);
    edit(currentIndex());
    Q_EMIT edited();
}

void SeverityTable::removeCurrent()
{
    const int row = currentRow();
    if (row < 0) {
        return;
    }
    removeRow(row);
    setCurrentCell(std::min(row, rowCount() - 1), WordColumn);
    Q_EMIT edited();
}

void SeverityTable::choose(const QString &word)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (wordAt(row) == word) {
            setCurrentCell(row, WordColumn);
        }
    }
}

void SeverityTable::append(const Row &entry)
{
    const QSignalBlocker quiet(this);
    const int row = rowCount();
    insertRow(row);
    setItem(row, WordColumn, new QTableWidgetItem(entry.first));
    auto *combo = new QComboBox;
    combo->setAccessibleName(entry.first.isEmpty() ? tr("Becomes") : tr("%1 becomes").arg(entry.first));
    fillWithSeverities(*combo);
    setSeverityIn(*combo, entry.second);
    connect(combo, &QComboBox::activated, this, &SeverityTable::edited);
    setCellWidget(row, SeverityColumn, combo);
}

QString SeverityTable::wordAt(int row) const
{
    const QTableWidgetItem *cell = item(row, WordColumn);
    return cell ? cell->text().trimmed() : QString();
}

} // namespace courier
