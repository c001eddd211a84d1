// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/whypage.h"

#include "gui/elidedlabel.h"
#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "gui/panel.h"
#include "models/marks.h"

#include <QGridLayout>
#include <QPushButton>

namespace courier {
namespace {

constexpr int rowHeight = 34;

} // namespace

WhyPage::WhyPage(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setMinimumHeight(60);
    setFocusPolicy(Qt::NoFocus);
    setEntries({});
}

void WhyPage::setEntries(const QList<Entry> &entries)
{
    auto *page = new courier::Panel;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(8, 8, 8, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(2, 1);
    for (const Entry &entry : entries) {
        addRow(grid, entry);
    }
    if (entries.isEmpty()) {
        auto *none = new QLabel(tr("There is no destination yet."));
        none->setTextFormat(Qt::PlainText);
        setTextRole(none, TextRole::Body, true);
        grid->addWidget(none, 0, 0, 1, 3);
    }
    grid->setRowStretch(grid->rowCount(), 1);
    setWidget(page);
}

void WhyPage::addRow(QGridLayout *grid, const Entry &entry)
{
    const int row = grid->rowCount();
    const AlertStatus mark = entry.taken || entry.sent ? AlertStatus::Delivered : AlertStatus::NoDestination;
    grid->addWidget(new GlyphLabel(statusGlyph(mark), statusColorKey(mark), 14), row, 0);
    auto *name = new QLabel(entry.name);
    name->setTextFormat(Qt::PlainText);
    grid->addWidget(name, row, 1);
    const QString words = entry.sent && !entry.taken ? tr("Sent by hand. %1").arg(entry.words) : entry.words;
    auto *rule = new ElidedLabel(words);
    setTextRole(rule, TextRole::Small, true);
    grid->addWidget(rule, row, 2);
    if (!entry.taken && !entry.sent) {
        auto *button = new QPushButton(tr("Send Anyway"));
        button->setAccessibleDescription(tr("Send this alert to %1").arg(entry.name));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this,
                [this, id = entry.destination] { Q_EMIT sendAnywayRequested(id); });
        grid->addWidget(button, row, 3);
    }
    grid->setRowMinimumHeight(row, rowHeight);
}

} // namespace courier
