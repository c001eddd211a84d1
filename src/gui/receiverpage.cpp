// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/receiverpage.h"

#include "gui/dialogfit.h"
#include "gui/glyphs.h"
#include "gui/testwords.h"
#include "gui/viewsetup.h"
#include "models/receivedmodel.h"
#include "models/words.h"
#include "ui_receiverpage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

namespace courier {
namespace {

QByteArray headerLines(const QList<Header> &headers)
{
    QByteArray lines;
    for (const Header &header : headers) {
        lines += header.name + ": " + header.value + "\r\n";
    }
    return lines;
}

} // namespace

ReceiverPage::ReceiverPage(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::ReceiverPage>())
    , m_received(new ReceivedModel(desk.receiver(), desk.clock(), this))
{
    ui->setupUi(this);
    m_addDestination = ui->notice->addButton(tr("Add Destination"));
    setPrimary(m_addDestination, true, QStringLiteral("add-destination"));
    ui->notice->hide();
    prepareButtons();
    prepareReceived();
    const EchoReceiver *receiver = &desk.receiver();
    connect(receiver, &EchoReceiver::answerChanged, this,
            [this](EchoReceiver::Answer answer) { ui->answers->setCurrent(static_cast<int>(answer)); });
    connect(receiver, &EchoReceiver::started, this, &ReceiverPage::showState);
    connect(receiver, &EchoReceiver::stopped, this, &ReceiverPage::showState);
    connect(&desk, &Desk::testFinished, this, &ReceiverPage::showOutcome);
    connect(&desk, &Desk::destinationsChanged, this, &ReceiverPage::showState);
    showState();
    showPlace();
}

ReceiverPage::~ReceiverPage() = default;

void ReceiverPage::prepareButtons()
{
    ui->actions->flow()->setAtRight(true);
    ui->header->setActions(ui->actions);
    ui->copy->setIcon(glyphIcon(QStringLiteral("copy")));
    ui->test->setIcon(glyphIcon(QStringLiteral("test")));
    ui->remove->setIcon(glyphIcon(QStringLiteral("trash")));
    ui->answers->setSegments(
        {tr("200 OK"), tr("401 Unauthorized"), tr("500 Server Error"), tr("Slowly, after 5 s"), tr("Not at all")});
    ui->answers->setWrapping();
    ui->answers->setCurrent(static_cast<int>(m_desk.receiver().answer()));
    connect(ui->copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_desk.receiver().url().toString()); });
    connect(ui->test, &QPushButton::clicked, this, &ReceiverPage::sendTest);
    connect(ui->startStop, &QPushButton::clicked, this, &ReceiverPage::toggle);
    connect(ui->remove, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested(m_id); });
    connect(m_addDestination, &QPushButton::clicked, this, &ReceiverPage::addDestinationRequested);
    connect(ui->answers, &SegmentedButtons::chosen, this,
            [this](int index) { m_desk.receiver().setAnswer(static_cast<EchoReceiver::Answer>(index)); });
}

void ReceiverPage::prepareReceived()
{
    prepareTable(ui->received);
    ui->received->setModel(m_received);
    followSelection(ui->received);
    auto *header = ui->received->horizontalHeader();
    header->resizeSection(ReceivedModel::ReceivedColumn, 96);
    header->resizeSection(ReceivedModel::AnsweredColumn, 128);
    header->setSectionResizeMode(ReceivedModel::AlertColumn, QHeaderView::Stretch);
    ui->parts->setStretchFactor(0, 1);
    ui->parts->setStretchFactor(1, 1);
    connect(m_received, &QAbstractItemModel::rowsInserted, this, [this] {
        ui->received->selectRow(0);
        showPlace();
    });
    connect(m_received, &QAbstractItemModel::modelReset, this, &ReceiverPage::showPlace);
    connect(ui->received->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReceiverPage::showRequest);
}

void ReceiverPage::setDestination(DestinationId id)
{
    m_id = id;
    showState();
}

void ReceiverPage::sendFirstTest()
{
    m_testWanted = true;
    showState();
}

void ReceiverPage::showState()
{
    const EchoReceiver &receiver = m_desk.receiver();
    const bool running = receiver.isRunning();
    const auto destination = m_desk.destination(m_id);
    ui->header->setTitle(destination ? destination->name : tr("Built-in receiver"));
    ui->header->setNote(running ? tr("Listening, only on this computer") : tr("Stopped: nothing listens"));
    ui->header->setAddress(receiver.url().toString(), tr("Receiver address"));
    ui->header->setGlyph(QStringLiteral("receiver"), running ? QStringLiteral("delivered") : QStringLiteral("muted"));
    ui->startStop->setText(running ? tr("Stop") : tr("Start"));
    ui->startStop->setIcon(glyphIcon(running ? QStringLiteral("stop") : QStringLiteral("play")));
    ui->copy->setEnabled(running);
    ui->test->setEnabled(destination.has_value());
    if (m_testWanted && destination && running && QUrl(destination->url) == receiver.url()) {
        m_testWanted = false;
        sendTest();
    }
}

void ReceiverPage::sendTest()
{
    if (const auto destination = m_desk.destination(m_id)) {
        m_ticket = m_desk.sendTest(*destination);
    }
}

void ReceiverPage::toggle()
{
    if (m_desk.receiver().isRunning()) {
        m_desk.receiver().stop();
    } else {
        Q_EMIT startRequested();
    }
}

void ReceiverPage::showOutcome(qint64 ticket, const Attempt &attempt)
{
    if (ticket != m_ticket) {
        return;
    }
    if (attempt.outcome == Outcome::Acknowledged) {
        const QString what = m_received->rowCount() <= 1 ? tr("Your first alert has arrived: %1 in %2.")
                                                         : tr("A test alert has arrived: %1 in %2.");
        ui->notice->setNotice(Strip::Kind::Success, what.arg(attempt.reason, words::duration(attempt.durationUs)),
                              tr("Next, add the destination that should really get them."));
    } else {
        const TestNotice notice = testNotice(attempt, m_desk.destinationName(m_id));
        ui->notice->setNotice(Strip::Kind::Failure, notice.what, notice.hint);
    }
    m_addDestination->setVisible(attempt.outcome == Outcome::Acknowledged);
    ui->notice->show();
}

void ReceiverPage::showPlace()
{
    const bool isEmpty = m_received->rowCount() == 0;
    ui->place->setCurrentWidget(isEmpty ? static_cast<QWidget *>(ui->empty) : ui->parts);
}

void ReceiverPage::showRequest()
{
    const ReceivedRequest *request = m_received->request(ui->received->currentIndex().row());
    if (request == nullptr) {
        return;
    }
    const QString facts =
        QStringLiteral("%1 · %2").arg(QString::fromUtf8(request->method), words::size(request->body.size()));
    const QString answer = request->status == 0 ? tr("Not answered") : tr("Answered %1").arg(request->status);
    ui->body->showReceived(answer, request->status == 200, facts, headerLines(request->headers), request->body);
}

} // namespace courier
