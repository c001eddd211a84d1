// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/alerttableview.h"

#include "gui/celldelegate.h"
#include "gui/viewsetup.h"
#include "models/alerttablemodel.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLoggingCategory>
#include <QScrollBar>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <array>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcWindow, "courier.window")

constexpr int alertRowHeight = 30;

/// A column that gives way where there is little room, and where it is kept that the operator chose it or hid it.
struct Yielding
{
    int column;
    QLatin1String key;
};
constexpr std::array yielding{Yielding{AlertTableModel::SourceColumn, QLatin1String("alerts/showSource")},
                              Yielding{AlertTableModel::DestinationsColumn, QLatin1String("alerts/showDestinations")}};

/// The width of a column, pixels, where there is room and where there is little, until the operator chooses another.
struct Width
{
    int column;
    int wide;
    int narrow;
};
constexpr std::array widths{Width{AlertTableModel::SeverityColumn, 120, 106},
                            Width{AlertTableModel::TimeColumn, 112, 96}, Width{AlertTableModel::SourceColumn, 112, 112},
                            Width{AlertTableModel::DestinationsColumn, 200, 150},
                            Width{AlertTableModel::DeliveryColumn, 160, 142}};

} // namespace

AlertTableView::AlertTableView(QWidget *parent)
    : QTableView(parent)
{
    setItemDelegate(new CellDelegate(this, alertRowHeight));
    QHeaderView *rows = verticalHeader();
    rows->hide();
    rows->setMinimumSectionSize(24);
    rows->setDefaultSectionSize(alertRowHeight);
    rows->setSectionResizeMode(QHeaderView::Fixed);
}

void AlertTableView::setModel(QAbstractItemModel *model)
{
    m_alerts = qobject_cast<AlertTableModel *>(model);
    if (!m_alerts) {
        QTableView::setModel(model);
        return;
    }
    // Where the current row goes, another one becomes it: that alone is no reason to scroll. Connected before the view
    // itself is.
    connect(m_alerts, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { setAutoScroll(false); });
    QTableView::setModel(model);
    followSelection(this);
    connect(m_alerts, &QAbstractItemModel::rowsRemoved, this, [this] { setAutoScroll(true); });
    connect(m_alerts, &QAbstractItemModel::rowsAboutToBeInserted, this, &AlertTableView::holdPlace);
    connect(m_alerts, &QAbstractItemModel::rowsAboutToBeRemoved, this, &AlertTableView::holdPlace);
    connect(m_alerts, &QAbstractItemModel::rowsAboutToBeMoved, this, &AlertTableView::holdPlace);
    connect(m_alerts, &QAbstractItemModel::layoutAboutToBeChanged, this, &AlertTableView::holdPlace);
    connect(m_alerts, &QAbstractItemModel::rowsInserted, this, &AlertTableView::keepPlace);
    connect(m_alerts, &QAbstractItemModel::rowsRemoved, this, &AlertTableView::keepPlace);
    connect(m_alerts, &QAbstractItemModel::rowsMoved, this, &AlertTableView::keepPlace);
    connect(m_alerts, &QAbstractItemModel::layoutChanged, this, &AlertTableView::keepPlace);
}

void AlertTableView::holdPlace()
{
    const int top = verticalScrollBar()->value() > 0 ? rowAt(0) : -1;
    m_topAlert = m_alerts->idAt(top);
    m_topOffset = top < 0 ? 0 : -rowViewportPosition(top);
}

void AlertTableView::keepPlace()
{
    const int top = m_topAlert == AlertId{} ? -1 : m_alerts->rowOf(m_topAlert);
    m_topAlert = {};
    if (top >= 0 && rowViewportPosition(top) != -m_topOffset) {
        executeDelayedItemsLayout(); // until then the scroll bar ends where it did before
        verticalScrollBar()->setValue(verticalHeader()->sectionPosition(top) + m_topOffset);
    }
}

void AlertTableView::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setMinimumSectionSize(60);
    for (const auto &[column, wide, narrow] : widths) {
        header->resizeSection(column, wide);
    }
    header->setSectionResizeMode(AlertTableModel::AlertColumn, QHeaderView::Stretch);
    header->setSortIndicator(AlertTableModel::TimeColumn, Qt::DescendingOrder);
    header->setSortIndicatorShown(true);
}

void AlertTableView::setDetailsBeside(bool beside)
{
    m_beside = beside;
    hideColumns();
}

void AlertTableView::chooseColumn(int column, bool shown)
{
    m_chosen.insert(column, shown);
    setColumnHidden(column, !shown);
}

// The other columns are left alone: for them the header itself remembers what was chosen.
void AlertTableView::hideColumns()
{
    for (const auto &[column, key] : yielding) {
        const bool isShort = m_beside || (m_narrow && column == AlertTableModel::SourceColumn);
        setColumnHidden(column, !m_chosen.value(column, !isShort));
    }
}

void AlertTableView::saveColumns(QSettings &settings) const
{
    settings.setValue(QStringLiteral("alerts/columns"), horizontalHeader()->saveState());
    for (const auto &[column, key] : yielding) {
        if (m_chosen.contains(column)) {
            settings.setValue(key, m_chosen.value(column));
        }
    }
}

bool AlertTableView::restoreColumns(QSettings &settings)
{
    const QByteArray columns = settings.value(QStringLiteral("alerts/columns")).toByteArray();
    const bool isRestored = !columns.isEmpty() && horizontalHeader()->restoreState(columns);
    for (const auto &[column, key] : yielding) {
        if (settings.contains(key)) {
            m_chosen.insert(column, settings.value(key).toBool());
        }
    }
    hideColumns(); // the header remembers also what gave way
    fitColumns();
    return isRestored;
}

// Where there is little room the alert itself keeps it: other columns give some up, and Source all of it.
void AlertTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    constexpr int narrowBelow = 780;
    const bool narrow = viewport()->width() < narrowBelow;
    if (model() && narrow != m_narrow) {
        m_narrow = narrow;
        hideColumns();
        fitColumns();
    }
}

// What the operator made wider or narrower stays so.
void AlertTableView::fitColumns()
{
    QHeaderView *header = horizontalHeader();
    for (const auto &[column, wide, narrow] : widths) {
        const int before = m_narrow ? wide : narrow;
        if (header->isSectionHidden(column) || header->sectionSize(column) == before) {
            header->resizeSection(column, m_narrow ? narrow : wide);
        }
    }
}

bool AlertTableView::hasWords(int row) const
{
    return row >= 0 && !model()->index(row, AlertTableModel::AlertColumn).data().toString().isEmpty();
}

// For those who measure how soon that is; by then they are on the screen.
void AlertTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    const int last = rowAt(viewport()->height() - 1);
    if (!m_saidShown && m_alerts && hasWords(rowAt(0)) && (last < 0 || hasWords(last))) {
        m_saidShown = true;
        QTimer::singleShot(0, this, [] { qCDebug(lcWindow, "The first rows are shown."); });
    }
}

void AlertTableView::moveBy(int rows)
{
    const int count = model()->rowCount();
    if (count > 0) {
        const int row = std::clamp(currentIndex().row() + rows, 0, count - 1);
        selectRow(row);
        scrollTo(model()->index(row, 0));
    }
}

// A shortcut of Qt's for this widget alone would also be taken while a menu is open, where a letter chooses from the
// menu. So the menus only show the key, and it is this that listens to it.
void AlertTableView::addKey(const QKeySequence &key, QAction *action)
{
    m_keys.append({key, action});
    action->setText(action->text() + u'\t' + key.toString(QKeySequence::NativeText));
}

QAction *AlertTableView::actionFor(const QKeySequence &key) const
{
    const auto isIt = [&key](const auto &one) { return one.first == key; };
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), isIt);
    return found == m_keys.end() ? nullptr : found->second;
}

void AlertTableView::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
    const bool shift = modifiers == Qt::ShiftModifier;
    if (modifiers != Qt::NoModifier && !shift) {
        QTableView::keyPressEvent(event);
        return;
    }
    if (QAction *action = actionFor(QKeyCombination(modifiers, static_cast<Qt::Key>(event->key())))) {
        action->trigger(); // a disabled one does nothing
        event->accept();
        return;
    }
    switch (event->key()) {
    case Qt::Key_J:
        moveBy(1);
        break;
    case Qt::Key_K:
        moveBy(-1);
        break;
    case Qt::Key_Home:
    case Qt::Key_End:
        if (shift) {
            QTableView::keyPressEvent(event);
            return;
        }
        moveBy(event->key() == Qt::Key_Home ? -model()->rowCount() : model()->rowCount());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT openPressed();
        break;
    default:
        QTableView::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace courier
