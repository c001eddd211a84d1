// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationpage.h"

#include "ui_destinationpage.h"

#include "delivery/notification.h"
#include "gui/destinationwords.h"
#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "gui/viewsetup.h"
#include "models/destinationmarks.h"
#include "models/words.h"
#include "store/whendone.h"

#include <QHeaderView>
#include <QMessageBox>

namespace courier {
namespace {

QString testWords(const Destination &destination, qint64 now)
{
    if (destination.testState == TestState::NotTested) {
        return DestinationPage::tr("Not tested");
    }
    const QString when = words::relativeTime(destination.testedAt, now);
    return destination.testState == TestState::Passed
               ? DestinationPage::tr("Passed %1, %2").arg(when, destination.testResult)
               : DestinationPage::tr("Failed %1, %2").arg(when, destination.testResult);
}

} // namespace

DestinationPage::DestinationPage(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::DestinationPage>())
    , m_latest(new DestinationDeliveriesModel(desk.store(), desk.clock(), this))
    , m_tests(new TestAttemptsModel(desk.store(), desk.clock(), this))
{
    ui->setupUi(this);
    setTextRole(ui->name, TextRole::Title);
    setTextRole(ui->url, TextRole::Mono, true);
    setTextRole(ui->success, TextRole::Body, true);
    const std::pair<QPushButton *, const char *> icons[] = {
        {ui->test, "test"}, {ui->edit, "edit"}, {ui->duplicate, "duplicate"}, {ui->remove, "trash"}};
    for (const auto &[button, name] : icons) {
        button->setIcon(glyphIcon(QString::fromLatin1(name)));
    }
    m_resend = ui->notice->addButton(tr("Resend Failed"));
    setUpTables();
    connect(ui->test, &QPushButton::clicked, this, [this] { Q_EMIT testRequested(m_id); });
    connect(ui->edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_id); });
    connect(ui->pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(m_id); });
    connect(ui->duplicate, &QPushButton::clicked, this, [this] { Q_EMIT duplicateRequested(m_id); });
    connect(ui->remove, &QPushButton::clicked, this, [this] { confirmDelete(m_id); });
    connect(m_resend, &QPushButton::clicked, this, [this] {
        Q_EMIT resendRequested(QStringLiteral("dest:\"%1\" status:failed").arg(m_desk.destinationName(m_id)));
    });
    connect(&desk, &Desk::destinationsChanged, this, &DestinationPage::showAll);
    connect(&desk, &Desk::statsChanged, this, &DestinationPage::setStats);
    connect(&desk, &Desk::testFinished, m_tests, &TestAttemptsModel::refresh);
}

DestinationPage::~DestinationPage() = default;

void DestinationPage::setUpTables()
{
    prepareTable(ui->latest);
    ui->latest->setModel(m_latest);
    auto *header = ui->latest->horizontalHeader();
    const std::pair<int, int> widths[] = {{DestinationDeliveriesModel::DeliveryColumn, 120},
                                          {DestinationDeliveriesModel::TimeColumn, 128},
                                          {DestinationDeliveriesModel::ResultColumn, 200},
                                          {DestinationDeliveriesModel::AttemptsColumn, 88},
                                          {DestinationDeliveriesModel::TookColumn, 88}};
    for (const auto &[column, width] : widths) {
        header->resizeSection(column, width);
    }
    header->setSectionResizeMode(DestinationDeliveriesModel::AlertColumn, QHeaderView::Stretch);
    connect(ui->latest, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const DeliveryRow *row = m_latest->deliveryRow(index.row())) {
            Q_EMIT alertActivated(row->delivery.alertId);
        }
    });
    prepareTable(ui->tests);
    ui->tests->setModel(m_tests);
    ui->tests->horizontalHeader()->setSectionResizeMode(TestAttemptsModel::ResultColumn, QHeaderView::Stretch);
    ui->testParts->setStretchFactor(0, 1);
    ui->testParts->setStretchFactor(1, 1);
    connect(ui->tests->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DestinationPage::showTest);
    connect(m_tests, &TestAttemptsModel::loaded, this, [this] {
        if (m_tests->rowCount() > 0) {
            ui->tests->selectRow(0);
        }
        showTest();
    });
}

void DestinationPage::setDestination(DestinationId id)
{
    m_id = id;
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

void DestinationPage::showAll()
{
    const auto destination = m_desk.destination(m_id);
    if (!destination) {
        return;
    }
    const DestinationStats stats = m_stats.value(m_id);
    ui->glyph->setGlyph(destinationGlyph(*destination, stats));
    ui->glyph->setColorKey(destinationColorKey(*destination, stats));
    ui->name->setText(destination->name);
    ui->url->setText(destination->url);
    ui->pause->setText(destination->paused ? tr("Resume") : tr("Pause"));
    ui->pause->setIcon(glyphIcon(destination->paused ? QStringLiteral("play") : QStringLiteral("pause")));
    const qint64 settled = stats.delivered24h + stats.failed24h;
    ui->success->setText(settled == 0 ? tr("Nothing was delivered here in the last 24 h.")
                                      : tr("Last 24 h: %1 of %2 deliveries arrived, %3 failed (%4).")
                                            .arg(words::count(stats.delivered24h), words::count(settled),
                                                 words::count(stats.failed24h),
                                                 words::success(stats.delivered24h, stats.failed24h)));
    showFacts(*destination);
    showNotice(*destination);
}

void DestinationPage::showFacts(const Destination &destination)
{
    const std::pair<QString, QString> facts[] = {{tr("Severities"), severityWords(destination.severities)},
                                                 {tr("Retries"), retryWords(destination)},
                                                 {tr("Alert types"), typeWords(destination.types)},
                                                 {tr("Time-out"), tr("%1 s").arg(destination.timeoutSeconds)},
                                                 {tr("Headers"), headerWords(destination.headers)},
                                                 {tr("Last test"), testWords(destination, m_desk.clock().nowUtc())}};
    int at = 0;
    for (const auto &[name, value] : facts) {
        const int row = at / 2;
        const int column = at % 2 * 2;
        ++at;
        if (!ui->facts->itemAtPosition(row, column)) {
            auto *label = new ElidedLabel(name);
            label->setMinimumWidth(104);
            setTextRole(label, TextRole::Body, true);
            label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
            ui->facts->addWidget(label, row, column);
            ui->facts->addWidget(new ElidedLabel, row, column + 1);
        }
        qobject_cast<QLabel *>(ui->facts->itemAtPosition(row, column + 1)->widget())->setText(value);
    }
}

void DestinationPage::showNotice(const Destination &destination)
{
    const DestinationStats stats = m_stats.value(m_id);
    ui->notice->setVisible(destination.paused || stats.attention > 0);
    m_resend->setVisible(stats.attention > 0);
    m_resend->setText(stats.attention == 1 ? tr("Resend 1 Failed Delivery")
                                           : tr("Resend %1 Failed Deliveries").arg(words::count(stats.attention)));
    const QString failures = stats.attention == 1
                                 ? tr("1 delivery has failed for good.")
                                 : tr("%1 deliveries have failed for good.").arg(words::count(stats.attention));
    if (destination.paused) {
        const QString held = stats.held == 0 ? tr("Paused. What comes in for it is held.")
                                             : tr("Paused. %1 deliveries are held.").arg(words::count(stats.held));
        ui->notice->setNotice(Strip::Kind::Warning, held, stats.attention > 0 ? failures : QString());
    } else {
        ui->notice->setNotice(Strip::Kind::Failure, failures);
    }
}

void DestinationPage::showTest()
{
    const Attempt *attempt = m_tests->attempt(ui->tests->currentIndex().row());
    if (attempt) {
        ui->testBody->showAttempt(*attempt, notificationBody(testAlert(attempt->startedAt), false));
    } else {
        ui->testBody->clear(tr("Not tested yet"));
    }
}

void DestinationPage::confirmDelete(DestinationId id)
{
    const auto query = [now = m_desk.clock().nowUtc()](Queries &queries) { return queries.destinationStats(now); };
    whenDone(this, m_desk.store().read(query), [this, id](const QList<DestinationStats> &stats) {
        DestinationStats found;
        for (const DestinationStats &one : stats) {
            found = one.id == id ? one : found;
        }
        askDelete(id, found);
    });
}

void DestinationPage::askDelete(DestinationId id, const DestinationStats &stats)
{
    const qint64 waiting = stats.waiting + stats.held;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete Destination"),
                                tr("Delete %1?").arg(m_desk.destinationName(id)), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const QString cancelled = waiting == 0 ? tr("Nothing waits for it.")
                              : waiting == 1
                                  ? tr("1 delivery waits for it and will be cancelled.")
                                  : tr("%1 deliveries wait for it and will be cancelled.").arg(words::count(waiting));
    box->setInformativeText(cancelled + QLatin1Char(' ') + tr("What was sent stays in the history."));
    QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(remove, &QPushButton::clicked, this, [this, id] {
        whenDone(this, m_desk.deleteDestination(id), [this](const Result<qint64> &done) {
            if (!done) {
                Q_EMIT failed(done.error());
            }
        });
    });
    box->open();
}

} // namespace courier
