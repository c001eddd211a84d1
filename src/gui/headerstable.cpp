// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/headerstable.h"

#include "gui/viewsetup.h"
#include "models/roles.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace courier {
namespace {

enum Column { NameColumn, ValueColumn, ColumnCount };

constexpr int SecretRole = Qt::UserRole + 100; ///< of a value: what is shown stands for one that is secret

/// In the place of a value that is kept as a secret.
QString dots()
{
    return QString(8, QChar(0x2022));
}

} // namespace

HeadersTable::HeadersTable(QWidget *parent)
    : QTableWidget(0, ColumnCount, parent)
{
    prepareTable(this);
    setFrameShape(QFrame::StyledPanel);
    setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    setTabKeyNavigation(false);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                    QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    horizontalHeader()->setSectionsMovable(false);
    horizontalHeader()->setSectionResizeMode(ValueColumn, QHeaderView::Stretch);
    setColumnWidth(NameColumn, 176);
    connect(this, &QTableWidget::itemChanged, this, &HeadersTable::edited);
}

QList<Header> HeadersTable::takeHeaders()
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isEmptyRow(row)) {
            removeRow(row);
        }
    }
    return headers();
}

QList<Header> HeadersTable::headers() const
{
    QList<Header> headers;
    for (int row = 0; row < rowCount(); ++row) {
        if (!isEmptyRow(row)) {
            const QByteArray name = textAt(row, NameColumn).toUtf8();
            const QString value = textAt(row, ValueColumn);
            const bool isSecret = item(row, ValueColumn)->data(SecretRole).toBool() && value == dots();
            headers.append(isSecret ? Header{name, {}, true} : Header{name, value.toUtf8()});
        }
    }
    return headers;
}

void HeadersTable::setHeaders(const QList<Header> &headers)
{
    const QSignalBlocker quiet(this);
    setRowCount(0);
    for (const Header &header : headers) {
        appendRow(QString::fromUtf8(header.name), header.secret ? dots() : QString::fromUtf8(header.value));
        item(rowCount() - 1, ValueColumn)->setData(SecretRole, header.secret);
    }
}

void HeadersTable::addHeader()
{
    appendRow({}, {});
    setFocus();
    setCurrentCell(rowCount() - 1, NameColumn);
    edit(currentIndex());
    Q_EMIT edited();
}

void HeadersTable::removeCurrent()
{
    const int row = currentRow();
    if (row < 0) {
        return;
    }
    removeRow(row);
    if (rowCount() > 0) {
        setCurrentCell(std::min(row, rowCount() - 1), NameColumn);
    }
    Q_EMIT edited();
}

void HeadersTable::markFault(int faultyRow)
{
    const QSignalBlocker quiet(this);
    for (int row = 0; row < rowCount(); ++row) {
        const QString mark = row == faultyRow ? QStringLiteral("error") : QString();
        item(row, NameColumn)->setData(GlyphRole, mark);
        item(row, NameColumn)->setData(ColorKeyRole, mark);
    }
    viewport()->update();
}

void HeadersTable::keyPressEvent(QKeyEvent *event)
{
    // What an editor lets through (its Return) is not a wish to edit anew.
    if (state() == QAbstractItemView::EditingState) {
        QTableWidget::keyPressEvent(event);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        edit(currentIndex());
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Delete) {
        removeCurrent();
        event->accept();
        return;
    }
    QTableWidget::keyPressEvent(event);
}

void HeadersTable::appendRow(const QString &name, const QString &value)
{
    const QSignalBlocker quiet(this);
    const int row = rowCount();
    insertRow(row);
    setItem(row, NameColumn, new QTableWidgetItem(name));
    setItem(row, ValueColumn, new QTableWidgetItem(value));
}

QString HeadersTable::textAt(int row, int column) const
{
    const QTableWidgetItem *cell = item(row, column);
    return cell ? cell->text().trimmed() : QString();
}

bool HeadersTable::isEmptyRow(int row) const
{
    return textAt(row, NameColumn).isEmpty() && textAt(row, ValueColumn).isEmpty();
}

} // namespace courier
