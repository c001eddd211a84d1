// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/resenddialog.h"

#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "models/marks.h"
#include "models/words.h"
#include "store/whendone.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include <numeric>

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

QLabel *plainLabel(const QString &text, bool muted = false)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    if (muted) {
        setTextRole(label, TextRole::Small, true);
    }
    return label;
}

} // namespace

ResendDialog::ResendDialog(Desk &desk, const AlertFilter &filter, const QString &search, QWidget *parent)
    : QuestionDialog(parent)
    , m_desk(desk)
    , m_filter(filter)
    , m_search(search)
{
    setWindowTitle(tr("Resend"));
    setGlyph(QStringLiteral("resend"), QStringLiteral("accent"));
    setQuestion(tr("Counting the failed deliveries…"));
    setExplanation(whichWords());
    setConfirm(tr("Resend"));
    confirmButton()->setEnabled(false);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(m_filter); });
    whenDone(this, desk.store().read([filter](Queries &queries) { return queries.resendPlan(filter); }),
             [this](const ResendPlan &plan) { plan.count == 0 ? showNothing() : showPlan(plan); });
}

QString ResendDialog::whichWords() const
{
    return m_search.isEmpty() ? tr("All that the list shows, oldest first.")
                              : tr("All that the search “%1” finds, oldest first.").arg(m_search);
}

void ResendDialog::showPlan(const ResendPlan &plan)
{
    setQuestion(tr("Resend %1 to %2?").arg(deliveriesWords(plan.count), destinationsWords(plan.perDestination.size())));
    const QString oldest = words::relativeTime(plan.oldestReceivedAt, m_desk.clock().nowUtc());
    setExplanation(tr("%1 Oldest: %2.").arg(whichWords(), oldest));
    // One more row than may be listed costs no more room than saying that there is one more.
    const bool isLong = plan.perDestination.size() > listedDestinations + 1;
    const auto listed = isLong ? plan.perDestination.mid(0, listedDestinations) : plan.perDestination;
    int row = 0;
    for (const auto &[id, count] : listed) {
        addCount(row++, id, count);
    }
    if (isLong) {
        addMore(row, plan.perDestination.mid(listedDestinations));
    }
    details()->setColumnStretch(3, 1);
    setConfirm(plan.count == 1 ? tr("Resend 1 Delivery") : tr("Resend %1 Deliveries").arg(words::count(plan.count)));
    confirmButton()->setEnabled(true);
    confirmButton()->setFocus();
}

void ResendDialog::showNothing()
{
    setQuestion(tr("There is no failed delivery to resend."));
    setExplanation(m_search.isEmpty() ? tr("All that the list shows was delivered, or is still being tried.")
                                      : tr("The search “%1” finds none.").arg(m_search));
    confirmButton()->hide();
    cancelButton()->setText(tr("Close"));
    cancelButton()->setDefault(true);
    cancelButton()->setFocus();
}

void ResendDialog::addCount(int row, DestinationId id, qint64 count)
{
    const auto destination = m_desk.destination(id);
    const bool isPaused = destination && destination->paused;
    const DeliveryState mark = isPaused ? DeliveryState::Held : DeliveryState::Failed;
    details()->addWidget(new GlyphLabel(statusGlyph(mark), statusColorKey(mark), 14), row, 0);
    QLabel *name = plainLabel(m_desk.destinationName(id));
    name->setWordWrap(true);
    details()->addWidget(name, row, 1);
    details()->addWidget(plainLabel(words::count(count)), row, 2, Qt::AlignRight | Qt::AlignVCenter);
    details()->addWidget(plainLabel(isPaused ? tr("paused: they wait there as Held") : QString(), true), row, 3);
}

void ResendDialog::addMore(int row, const QList<std::pair<DestinationId, qint64>> &more)
{
    const qint64 sum = std::accumulate(more.begin(), more.end(), qint64{0},
                                       [](qint64 before, const auto &one) { return before + one.second; });
    details()->addWidget(plainLabel(tr("%1 more destinations").arg(more.size()), true), row, 1);
    details()->addWidget(plainLabel(words::count(sum)), row, 2, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace courier
