// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/headerstable.h"

#include "domain/securityfields.h"
#include "gui/viewsetup.h"
#include "models/roles.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace courier {
namespace {

enum Column { NameColumn, ValueColumn, ColumnCount };

constexpr int SecretRole = Qt::UserRole + 100; ///< of a value: it is kept as a secret
constexpr int StoredRole = Qt::UserRole + 101; ///< of a value: the name of the header whose value is stored

/// In the place of a value that is kept as a secret.
QString dots()
{
    return QString(8, QChar(0x2022));
}

/// A value that shows dots where it is secret; what is edited is what was entered.
class ValueItem : public QTableWidgetItem
{
public:
    using QTableWidgetItem::QTableWidgetItem;

    QVariant data(int role) const override
    {
        if (!QTableWidgetItem::data(SecretRole).toBool()) {
            return QTableWidgetItem::data(role);
        }
        switch (role) {
        case Qt::DisplayRole:
            return isEmpty() ? QString() : dots();
        case GlyphRole:
            return QStringLiteral("lock");
        case ColorKeyRole:
            return QStringLiteral("muted");
        case Qt::AccessibleTextRole:
            return isEmpty() ? HeadersTable::tr("Secret, not entered") : HeadersTable::tr("Secret");
        default:
            return QTableWidgetItem::data(role);
        }
    }

private:
    bool isEmpty() const
    {
        return QTableWidgetItem::data(Qt::EditRole).toString().isEmpty() &&
               QTableWidgetItem::data(StoredRole).toByteArray().isEmpty();
    }
};

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
            headers.append(isSecret(row) ? Header{name, {}, true} : Header{name, textAt(row, ValueColumn).toUtf8()});
        }
    }
    return headers;
}

void HeadersTable::setHeaders(const QList<Header> &headers)
{
    const QSignalBlocker quiet(this);
    setRowCount(0);
    for (const Header &header : headers) {
        appendRow(QString::fromUtf8(header.name), QString::fromUtf8(header.value), header.secret);
    }
}

QHash<QByteArray, QByteArray> HeadersTable::secrets() const
{
    QHash<QByteArray, QByteArray> secrets;
    for (int row = 0; row < rowCount(); ++row) {
        const QString value = textAt(row, ValueColumn);
        if (isSecret(row) && !value.isEmpty()) {
            secrets.insert(textAt(row, NameColumn).toUtf8().toLower(), value.toUtf8());
        }
    }
    return secrets;
}

QList<FieldIssue> HeadersTable::secretIssues() const
{
    QList<FieldIssue> issues;
    for (int row = 0; row < rowCount(); ++row) {
        const Header entered{textAt(row, NameColumn).toUtf8(), textAt(row, ValueColumn).toUtf8()};
        if (!isSecret(row) || isEmptyRow(row)) {
            continue;
        }
        if (!entered.value.isEmpty()) {
            issues += checkHeader(entered, row);
        } else if (!isStoredSecret(row)) {
            issues.append({DestinationField::Headers, true, missingHeaderSentence(entered), row});
        }
    }
    return issues;
}

bool HeadersTable::isCurrentSecret() const
{
    return currentRow() >= 0 && isSecret(currentRow());
}

void HeadersTable::setCurrentSecret(bool secret)
{
    if (currentRow() >= 0 && secret != isCurrentSecret()) {
        item(currentRow(), ValueColumn)->setData(SecretRole, secret);
    }
}

void HeadersTable::addHeader()
{
    appendRow({}, {}, false);
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

void HeadersTable::appendRow(const QString &name, const QString &value, bool secret)
{
    const QSignalBlocker quiet(this);
    const int row = rowCount();
    insertRow(row);
    setItem(row, NameColumn, new QTableWidgetItem(name));
    auto *cell = new ValueItem(value);
    cell->setData(SecretRole, secret);
    cell->setData(StoredRole, secret ? name.toUtf8().toLower() : QByteArray());
    setItem(row, ValueColumn, cell);
}

bool HeadersTable::isSecret(int row) const
{
    return item(row, ValueColumn)->data(SecretRole).toBool();
}

// Under another name it would be another secret.
bool HeadersTable::isStoredSecret(int row) const
{
    const QByteArray stored = item(row, ValueColumn)->data(StoredRole).toByteArray();
    return !stored.isEmpty() && stored == textAt(row, NameColumn).toUtf8().toLower();
}

QString HeadersTable::textAt(int row, int column) const
{
    const QTableWidgetItem *cell = item(row, column);
    return cell ? cell->data(Qt::EditRole).toString().trimmed() : QString();
}

bool HeadersTable::isEmptyRow(int row) const
{
    return textAt(row, NameColumn).isEmpty() && textAt(row, ValueColumn).isEmpty() && !isStoredSecret(row);
}

} // namespace courier
