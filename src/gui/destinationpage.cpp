// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationpage.h"

#include "delivery/notification.h"
#include "gui/destinationcharts.h"
#include "gui/destinationnotice.h"
#include "gui/destinationpagewords.h"
#include "gui/destinationsecuritywords.h"
#include "gui/destinationwords.h"
#include "gui/glyphs.h"
#include "gui/questiondialog.h"
#include "gui/viewsetup.h"
#include "models/destinationdeliveriesmodel.h"
#include "models/destinationmarks.h"
#include "models/testattemptsmodel.h"
#include "models/words.h"
#include "store/whendone.h"
#include "ui_destinationpage.h"

namespace courier {
namespace {

constexpr int wideFrom = 800; ///< pixels; on a narrower page the facts stand in one column
constexpr int countdownMs = 1000;
constexpr int factGap = 6;
constexpr int factColumnGap = 24;

} // namespace

DestinationPage::DestinationPage(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::DestinationPage>())
    , m_charts(new DestinationCharts(desk.store(), desk.clock(), this))
    , m_latest(new DestinationDeliveriesModel(desk.store(), desk.clock(), this))
    , m_tests(new TestAttemptsModel(desk.store(), desk.clock(), this))
{
    ui->setupUi(this);
    ui->pageColumn->insertWidget(ui->pageColumn->indexOf(ui->tabs), m_charts);
    m_resend = ui->notice->addButton(QString(), QStringLiteral("resend"));
    m_resume = ui->notice->addButton(tr("Resume"), QStringLiteral("play"));
    prepareButtons();
    prepareLatest();
    prepareTests();
    m_countdown.setSingleShot(true);
    connect(&m_countdown, &QTimer::timeout, this, &DestinationPage::showAll);
    connect(&desk, &Desk::destinationsChanged, this, &DestinationPage::showAll);
    connect(&desk, &Desk::waitingChanged, this, &DestinationPage::showAll);
    connect(&desk, &Desk::statsChanged, this, &DestinationPage::setStats);
    connect(&desk, &Desk::testFinished, m_tests, &TestAttemptsModel::refresh);
}

DestinationPage::~DestinationPage() = default;

void DestinationPage::prepareButtons()
{
    ui->actions->flow()->setAtRight(true);
    ui->header->setActions(ui->actions);
    ui->test->setIcon(glyphIcon(QStringLiteral("test")));
    ui->edit->setIcon(glyphIcon(QStringLiteral("edit")));
    ui->duplicate->setIcon(glyphIcon(QStringLiteral("duplicate")));
    ui->remove->setIcon(glyphIcon(QStringLiteral("trash")));
    connect(ui->test, &QPushButton::clicked, this, [this] { Q_EMIT testRequested(m_id); });
    connect(ui->edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_id); });
    connect(ui->pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(m_id); });
    connect(ui->duplicate, &QPushButton::clicked, this, [this] { Q_EMIT duplicateRequested(m_id); });
    connect(ui->remove, &QPushButton::clicked, this, [this] { confirmDelete(m_id); });
    connect(m_resend, &QPushButton::clicked, this, &DestinationPage::resendFailed);
    connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(m_id); });
}

void DestinationPage::prepareLatest()
{
    prepareTable(ui->latest);
    ui->latest->setModel(m_latest);
    auto *header = ui->latest->horizontalHeader();
    layOutLatest(false);
    header->setSectionResizeMode(DestinationDeliveriesModel::AlertColumn, QHeaderView::Stretch);
    connect(ui->latest, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const DeliveryRow *row = m_latest->deliveryRow(index.row())) {
            Q_EMIT alertActivated(row->delivery.alertId);
        }
    });
    connect(m_latest, &QAbstractItemModel::rowsInserted, this, &DestinationPage::showAll);
    connect(m_latest, &QAbstractItemModel::rowsRemoved, this, &DestinationPage::showAll);
    connect(m_latest, &QAbstractItemModel::modelReset, this, &DestinationPage::showAll);
    connect(m_latest, &DestinationDeliveriesModel::loaded, this, &DestinationPage::showAll);
}

void DestinationPage::prepareTests()
{
    prepareTable(ui->tests);
    ui->tests->setModel(m_tests);
    followSelection(ui->tests);
    ui->tests->horizontalHeader()->setSectionResizeMode(TestAttemptsModel::ResultColumn, QHeaderView::Stretch);
    ui->testParts->setStretchFactor(0, 1);
    ui->testParts->setStretchFactor(1, 1);
    connect(ui->tests->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DestinationPage::showTest);
    connect(m_tests, &TestAttemptsModel::loaded, this, [this] {
        if (m_tests->rowCount() > 0) {
            ui->tests->selectRow(0);
        }
        showPlaces();
        showTest();
    });
}

void DestinationPage::setDestination(DestinationId id)
{
    m_id = id;
    m_charts->setDestination(id);
    m_latest->setDestination(id);
    m_tests->setDestination(id);
    showAll();
}

void DestinationPage::setStats(const QList<DestinationStats> &stats)
{
    m_stats.clear();
    for (const DestinationStats &one : stats) {
        m_stats.insert(one.id, one);
    }
    showAll();
}

void DestinationPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = width() < wideFrom;
    if (isNarrow == m_isNarrow) {
        return;
    }
    m_isNarrow = isNarrow;
    ui->factsRow->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    ui->factsRow->setSpacing(isNarrow ? factGap : factColumnGap);
    layOutLatest(isNarrow);
}

// A narrow table keeps its room for the alert itself.
void DestinationPage::layOutLatest(bool isNarrow)
{
    auto *header = ui->latest->horizontalHeader();
    header->resizeSection(DestinationDeliveriesModel::DeliveryColumn, isNarrow ? 112 : 120);
    header->resizeSection(DestinationDeliveriesModel::TimeColumn, isNarrow ? 104 : 128);
    header->resizeSection(DestinationDeliveriesModel::ResultColumn, isNarrow ? 144 : 200);
    header->resizeSection(DestinationDeliveriesModel::AttemptsColumn, 88);
    header->resizeSection(DestinationDeliveriesModel::TookColumn, isNarrow ? 72 : 88);
    header->setSectionHidden(DestinationDeliveriesModel::AttemptsColumn, isNarrow);
}

void DestinationPage::showAll()
{
    const auto destination = m_desk.destination(m_id);
    if (!destination) {
        return;
    }
    const Failures failing = failures();
    showHead(*destination, failing);
    showFacts(*destination);
    showNotice(*destination, failing);
    showPlaces();
}

void DestinationPage::showHead(const Destination &destination, const Failures &failing)
{
    const DestinationStats stats = m_stats.value(m_id);
    const qint64 now = m_desk.clock().nowUtc();
    ui->header->setGlyph(destinationGlyph(destination, stats, now), destinationColorKey(destination, stats, now));
    ui->header->setTitle(destination.name);
    ui->header->setAddress(destination.url, tr("Webhook URL"));
    const bool isFailing = failing.streak > 0 && !destination.paused;
    const bool isStruggling = stats.isStruggling() && !destination.paused;
    ui->header->setNote(isStruggling && !isFailing ? tr("Struggling")
                        : isFailing                ? tr("Failing since %1").arg(words::clockTime(failing.since, now))
                                                   : standingWords(destination, now));
    ui->pause->setText(destination.paused ? tr("Resume") : tr("Pause"));
    ui->pause->setIcon(glyphIcon(destination.paused ? QStringLiteral("play") : QStringLiteral("pause")));
}

void DestinationPage::showFacts(const Destination &destination)
{
    const DestinationStats stats = m_stats.value(m_id);
    ui->severities->setText(severityWords(destination.severities));
    ui->types->setText(typeWords(destination.types));
    ui->headers->setText(headerWords(destination.headers));
    ui->resolutions->setText(resolutionWords(destination));
    ui->waiting->setText(waitingWords(stats));
    ui->security->setText(securityWords(destination));
    ui->retries->setText(retryWords(destination));
    ui->rate->setText(rateWords(destination.ratePerSecond));
    ui->timeout->setText(tr("%1 s").arg(destination.timeoutSeconds));
    ui->lastTest->setText(lastTestWords(destination, m_desk.clock().nowUtc()));
    m_charts->setWaits(stats.waiting + stats.held > 0);
    ui->certificate->showCertificateOf(destination, m_desk.clock().nowUtc());
}

void DestinationPage::showNotice(const Destination &destination, const Failures &failing)
{
    const DestinationStats stats = m_stats.value(m_id);
    const bool isFailing = failing.streak > 0 || stats.attention > 0;
    const bool isStruggling = stats.isStruggling() && !destination.paused;
    const qint64 now = m_desk.clock().nowUtc();
    const QString failure = failing.streak > 0 ? streakWords(failing.streak, failing.reason)
                            : isFailing        ? failedWords(stats.attention)
                                               : QString();
    const auto notice = destinationNotice(destination, stats, m_desk.waitReason(destination.id), failure, now);
    ui->notice->setVisible(notice.has_value());
    if (notice) {
        ui->notice->setNotice(notice->kind, notice->title, notice->text);
    }
    if (isStruggling && stats.nextTryAt > now) {
        m_countdown.start(countdownMs);
    }
    m_resume->setVisible(destination.paused);
    const qint64 open = std::max<qint64>(stats.attention, failing.open.size());
    m_resend->setVisible(open > 0);
    m_resend->setText(open == 1 ? tr("Resend 1 Failed Delivery")
                                : tr("Resend %1 Failed Deliveries").arg(words::count(open)));
}

DestinationPage::Failures DestinationPage::failures() const
{
    Failures found;
    bool isUnbroken = true;
    for (int row = 0; row < m_latest->rowCount(); ++row) {
        const DeliveryRow *entry = m_latest->deliveryRow(row);
        const Delivery &delivery = entry->delivery;
        isUnbroken = isUnbroken && delivery.state != DeliveryState::Delivered;
        if (delivery.state != DeliveryState::Failed || delivery.dismissed) {
            continue;
        }
        found.open.append(delivery.id);
        if (isUnbroken) {
            found.reason = found.streak == 0 ? delivery.lastReason : found.reason;
            found.since = delivery.settledAt;
            ++found.streak;
        }
    }
    return found;
}

// Where the page lists all of them exactly these are resent, else what a search finds, which is asked first.
void DestinationPage::resendFailed()
{
    const Failures failing = failures();
    if (m_stats.value(m_id).attention > failing.open.size()) {
        Q_EMIT resendRequested(QStringLiteral("dest:\"%1\" status:failed").arg(m_desk.destinationName(m_id)));
        return;
    }
    whenDone(this, m_desk.resend(failing.open), [this](const Result<qint64> &started) {
        if (!started) {
            Q_EMIT failed(started.error());
        }
    });
}

void DestinationPage::showPlaces()
{
    ui->latestPlace->setCurrentWidget(m_latest->rowCount() > 0 ? static_cast<QWidget *>(ui->latest) : ui->latestEmpty);
    ui->testsPlace->setCurrentWidget(m_tests->rowCount() > 0 ? static_cast<QWidget *>(ui->testParts) : ui->testsEmpty);
}

void DestinationPage::showTest()
{
    if (const Attempt *attempt = m_tests->attempt(ui->tests->currentIndex().row())) {
        ui->testBody->showAttempt(*attempt, notificationBody(testAlert(attempt->startedAt), false));
    }
}

void DestinationPage::confirmDelete(DestinationId id)
{
    const auto query = [now = m_desk.clock().nowUtc()](Queries &queries) { return queries.destinationStats(now); };
    whenDone(this, m_desk.store().read(query), [this, id](const QList<DestinationStats> &stats) {
        const auto found = std::find_if(stats.begin(), stats.end(), [id](const auto &one) { return one.id == id; });
        askDelete(id, found == stats.end() ? DestinationStats{} : *found);
    });
}

void DestinationPage::askDelete(DestinationId id, const DestinationStats &stats)
{
    auto *question = new QuestionDialog(window());
    question->setWindowTitle(tr("Delete Destination"));
    question->setGlyph(QStringLiteral("trash"), QStringLiteral("failed"));
    question->setQuestion(tr("Delete %1?").arg(m_desk.destinationName(id)));
    question->setExplanation(deleteWords(stats.waiting + stats.held));
    question->setConfirm(tr("Delete Destination"), true);
    connect(question, &QDialog::accepted, this, [this, id] {
        whenDone(this, m_desk.deleteDestination(id), [this](const Result<qint64> &done) {
            if (!done) {
                Q_EMIT failed(done.error());
            }
        });
    });
    question->open();
}

} // namespace courier
