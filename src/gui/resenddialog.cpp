// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/resenddialog.h"

#include "ui_resenddialog.h"

#include "gui/elidedlabel.h"
#include "gui/fonts.h"
#include "models/marks.h"
#include "models/words.h"
#include "store/whendone.h"

namespace courier {
namespace {

constexpr qsizetype listedDestinations = 8;

QString deliveriesWords(qint64 count)
{
    return count == 1 ? ResendDialog::tr("1 failed delivery")
                      : ResendDialog::tr("%1 failed deliveries").arg(words::count(count));
}

QString destinationsWords(qsizetype count)
{
    return count == 1 ? ResendDialog::tr("1 destination") : ResendDialog::tr("%1 destinations").arg(count);
}

} // namespace

ResendDialog::ResendDialog(Desk &desk, const AlertFilter &filter, const QString &search, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_filter(filter)
    , m_search(search)
    , ui(std::make_unique<Ui::ResendDialog>())
{
    ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    setTextRole(ui->question, TextRole::Heading);
    ui->question->setText(tr("Counting the failed deliveries..."));
    ui->resend->setEnabled(false);
    ui->resend->setDefault(true);
    connect(ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui->resend, &QPushButton::clicked, this, [this] {
        Q_EMIT confirmed(m_filter);
        accept();
    });
    whenDone(this, desk.store().read([filter](Queries &queries) { return queries.resendPlan(filter); }),
             [this](const ResendPlan &plan) { showPlan(plan); });
}

ResendDialog::~ResendDialog() = default;

void ResendDialog::showPlan(const ResendPlan &plan)
{
    ui->what->setText(whatWords(plan));
    if (plan.count == 0) {
        ui->question->setText(tr("No failed delivery to resend."));
        ui->cancel->setText(tr("Close"));
        ui->resend->hide();
        return;
    }
    ui->question->setText(
        tr("Resend %1 to %2?").arg(deliveriesWords(plan.count), destinationsWords(plan.perDestination.size())));
    int row = 0;
    for (const auto &[id, count] : plan.perDestination.mid(0, listedDestinations)) {
        addCount(row++, id, count);
    }
    ui->resend->setText(plan.count == 1 ? tr("Resend 1 Delivery")
                                        : tr("Resend %1 Deliveries").arg(words::count(plan.count)));
    ui->resend->setEnabled(true);
    ui->resend->setFocus();
    adjustSize();
}

QString ResendDialog::whatWords(const ResendPlan &plan) const
{
    const QString which = m_search.isEmpty() ? tr("All that the list shows, oldest first.")
                                             : tr("All that the search “%1” finds, oldest first.").arg(m_search);
    if (plan.count == 0) {
        return m_search.isEmpty() ? tr("Everything that the list shows was delivered, or is still being tried.")
                                  : tr("The search “%1” finds none.").arg(m_search);
    }
    return tr("%1 The oldest came in %2.")
        .arg(which, words::relativeTime(plan.oldestReceivedAt, m_desk.clock().nowUtc()));
}

void ResendDialog::addCount(int row, DestinationId id, qint64 count)
{
    const auto destination = m_desk.destination(id);
    const bool paused = destination && destination->paused;
    const DeliveryState mark = paused ? DeliveryState::Held : DeliveryState::Failed;
    ui->counts->addWidget(new GlyphLabel(statusGlyph(mark), statusColorKey(mark), 14), row, 0);
    auto *name = new QLabel(m_desk.destinationName(id));
    name->setTextFormat(Qt::PlainText);
    ui->counts->addWidget(name, row, 1);
    auto *number = new QLabel(words::count(count));
    number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    ui->counts->addWidget(number, row, 2);
    auto *note = new ElidedLabel(paused ? tr("paused: they wait there as Held") : tr("at once"));
    setTextRole(note, TextRole::Small, true);
    ui->counts->addWidget(note, row, 3);
    ui->counts->setColumnStretch(3, 1);
}

} // namespace courier
