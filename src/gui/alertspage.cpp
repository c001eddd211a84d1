// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/alertspage.h"

#include "store/whendone.h"
#include "ui_alertspage.h"

#include "delivery/notification.h"
#include "gui/alertdetails.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMimeData>
#include <QSettings>

#include <algorithm>

namespace courier {
namespace {

constexpr qsizetype copiedAtMost = 1000;

// The narrower of the two sets, where both choose; the union of the rest: everything set must hold.
AlertFilter combined(AlertFilter base, const AlertFilter &search)
{
    AlertFilter both = search;
    both.needsAttention = base.needsAttention || search.needsAttention;
    if (base.deliveredSince) {
        both.deliveredSince = base.deliveredSince;
    }
    if (both.statuses.isEmpty()) {
        both.statuses = base.statuses;
    } else if (!base.statuses.isEmpty()) {
        both.statuses.removeIf([&](AlertStatus status) { return !base.statuses.contains(status); });
        if (both.statuses.isEmpty()) {
            both.until = 0; // no status is in both: nothing can match
        }
    }
    return both;
}

} // namespace

AlertsPage::AlertsPage(Desk &desk, AlertIndex &index, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::AlertsPage>())
    , m_model(new AlertTableModel(
          index, desk.store(), desk.clock(), [&desk](DestinationId id) { return desk.destinationName(id); }, this))
{
    ui->setupUi(this);
    ui->notice->hide();
    m_details = new AlertDetails(desk, ui->splitter);
    ui->splitter->setStretchFactor(0, 1);
    ui->splitter->setStretchFactor(1, 1);
    setUpTable();

    connect(m_model, &AlertTableModel::filterApplied, this, &AlertsPage::showEmptyOrTable);
    connect(m_model, &AlertTableModel::searchingChanged, this, &AlertsPage::showEmptyOrTable);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &AlertsPage::showEmptyOrTable);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &AlertsPage::showEmptyOrTable);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, &AlertsPage::showEmptyOrTable);
    connect(&desk, &Desk::destinationsChanged, m_model, &AlertTableModel::updateNames);
    connect(ui->table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AlertsPage::onCurrentChanged);
    connect(ui->table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertsPage::selectionChanged);
    connect(&desk, &Desk::resendStarted, ui->resendBar, &ResendBar::follow);
    connect(ui->resendBar, &ResendBar::showFailedRequested, this,
            [this] { Q_EMIT searchRequested(QStringLiteral("status:failed")); });
    connect(m_details, &AlertDetails::failed, this, [this](const Error &error) {
        ui->notice->setNotice(Strip::Kind::Failure, error.message);
        ui->notice->setClosable(true);
        ui->notice->show();
    });
    connect(ui->empty, &EmptyState::primaryClicked, this, [this] { Q_EMIT searchRequested(QString()); });
    showEmptyOrTable();
}

AlertsPage::~AlertsPage() = default;

void AlertsPage::setUpTable()
{
    AlertTableView *table = ui->table;
    table->setModel(m_model);
    table->setUpColumns();
    connect(table->horizontalHeader(), &QHeaderView::sectionClicked, this, &AlertsPage::sortBy);
    connect(table, &AlertTableView::openPressed, m_details, &AlertDetails::focusTree);
}

AlertTableView &AlertsPage::table()
{
    return *ui->table;
}

void AlertsPage::sortBy(int column)
{
    auto *header = ui->table->horizontalHeader();
    if (!AlertTableModel::isSortable(column)) {
        header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
        return;
    }
    const bool same = column == m_model->sortColumn();
    const bool textual = column == AlertTableModel::AlertColumn || column == AlertTableModel::SourceColumn;
    const Qt::SortOrder first = textual ? Qt::AscendingOrder : Qt::DescendingOrder;
    const Qt::SortOrder other = textual ? Qt::DescendingOrder : Qt::AscendingOrder;
    const Qt::SortOrder order = same && m_model->sortOrder() == first ? other : first;
    header->setSortIndicator(column, order);
    m_model->sort(column, order);
    ui->table->scrollToTop(); // the first ones are what it is done for
}

void AlertsPage::setBaseFilter(const AlertFilter &filter)
{
    m_base = filter;
    applyFilter();
}

void AlertsPage::setSearch(const QString &text)
{
    m_search = text.trimmed();
    applyFilter();
}

bool AlertsPage::isSearchable(const QString &text) const
{
    const Result<AlertFilter> filter = parseSearch(text.trimmed(), m_desk.clock().nowUtc());
    return filter && std::none_of(filter->words.begin(), filter->words.end(),
                                  [](const QString &word) { return word.size() == 1; });
}

QString AlertsPage::filterWords() const
{
    return m_search;
}

void AlertsPage::applyFilter()
{
    const Result<AlertFilter> search = parseSearch(m_search, m_desk.clock().nowUtc());
    if (!search) {
        ui->notice->setNotice(Strip::Kind::Warning, search.error().message);
        ui->notice->setClosable(false);
        ui->notice->show();
        return;
    }
    ui->notice->hide();
    m_filter = combined(m_base, *search);
    m_model->setFilter(m_filter);
    ui->table->scrollToTop();
}

void AlertsPage::showEmptyOrTable()
{
    if (m_model->rowCount() > 0 || m_model->isSearching()) {
        ui->stack->setCurrentWidget(ui->table);
        if (!selectWanted() && m_wanted == AlertId{} && !ui->table->currentIndex().isValid() &&
            m_model->rowCount() > 0) {
            ui->table->selectRow(0);
        }
        return;
    }
    const bool searched = !m_search.isEmpty();
    const bool narrowed = !m_base.isEmpty();
    ui->empty->setGlyph(searched   ? QStringLiteral("search")
                        : narrowed ? QStringLiteral("success")
                                   : QStringLiteral("inbox"));
    ui->empty->setTitle(searched ? tr("No alert matches.") : narrowed ? tr("Nothing here.") : tr("No alerts yet."));
    QString sentence =
        tr("What comes in is listed here. Try New Alert or Import, or alert-courier submit on the command line.");
    if (searched) {
        sentence = tr("The search looks at titles, rules, descriptions and tags; severity:, status:, dest: and since: "
                      "narrow it.");
    } else if (m_base.needsAttention) {
        sentence =
            tr("No delivery has failed for good. Those that do are listed here until they are resent or dismissed.");
    } else if (narrowed) {
        sentence = tr("No alert is in this state just now.");
    }
    ui->empty->setSentence(sentence);
    ui->empty->setPrimaryText(searched ? tr("Clear Search") : QString());
    ui->stack->setCurrentWidget(ui->empty);
}

void AlertsPage::onCurrentChanged()
{
    const QModelIndex current = ui->table->currentIndex();
    if (current.isValid()) {
        m_wanted = {};
        const AlertId id = m_model->idAt(current.row());
        m_model->setPinned(id);
        m_details->setAlert(id);
    } else if (m_model->rowCount() == 0) {
        m_details->setAlert(std::nullopt);
    }
}

void AlertsPage::showAlert(AlertId id)
{
    m_wanted = id;
    if (!selectWanted()) {
        m_details->setAlert(id);
    }
}

// A new alert is listed a moment after it was taken in: it is chosen as soon as it is there.
bool AlertsPage::selectWanted()
{
    const int row = m_wanted == AlertId{} ? -1 : m_model->rowOf(m_wanted);
    if (row < 0) {
        return false;
    }
    m_wanted = {};
    ui->table->selectRow(row);
    ui->table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
    return true;
}

QList<AlertId> AlertsPage::selectedAlerts() const
{
    QList<AlertId> ids;
    const QModelIndexList rows = ui->table->selectionModel()->selectedRows();
    for (const QModelIndex &index : rows) {
        ids.append(m_model->idAt(index.row()));
    }
    return ids;
}

void AlertsPage::setDetailsBeside(bool beside)
{
    m_beside = beside;
    ui->splitter->setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
    m_details->setBeside(beside);
    ui->table->setDetailsBeside(beside);
}

void AlertsPage::refresh()
{
    applyFilter();
}

// The chosen rows as text, a line each, and as JSON, an object a line, for whoever pastes.
void AlertsPage::copyRows()
{
    const QList<AlertId> ids = selectedAlerts().mid(0, copiedAtMost);
    QStringList lines;
    for (const AlertId id : ids) {
        lines.append(m_model->rowAsText(m_model->rowOf(id)));
    }
    const auto query = [ids](Queries &queries) {
        QByteArray json;
        for (const AlertId id : ids) {
            if (const auto alert = queries.alert(id)) {
                json += notificationBody(*alert, false) + '\n';
            }
        }
        return json;
    };
    whenDone(this, m_desk.store().read(query), [lines](const QByteArray &json) {
        auto *copied = new QMimeData;
        copied->setText(lines.join(QLatin1Char('\n')));
        copied->setData(QStringLiteral("application/json"), json);
        QGuiApplication::clipboard()->setMimeData(copied);
    });
}

void AlertsPage::focusTable()
{
    ui->table->setFocus(Qt::OtherFocusReason);
}

void AlertsPage::saveState(QSettings &settings) const
{
    ui->table->saveColumns(settings);
    settings.setValue(QStringLiteral("alerts/splitter"), ui->splitter->saveState());
    settings.setValue(QStringLiteral("alerts/beside"), m_beside);
    m_details->saveState(settings);
}

void AlertsPage::restoreState(QSettings &settings)
{
    setDetailsBeside(settings.value(QStringLiteral("alerts/beside"), false).toBool());
    const auto *header = ui->table->horizontalHeader();
    if (ui->table->restoreColumns(settings) && AlertTableModel::isSortable(header->sortIndicatorSection())) {
        m_model->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    }
    const QByteArray splitter = settings.value(QStringLiteral("alerts/splitter")).toByteArray();
    if (splitter.isEmpty() || !ui->splitter->restoreState(splitter)) {
        ui->splitter->setSizes({332, 364});
    }
    m_details->restoreState(settings);
}

} // namespace courier
