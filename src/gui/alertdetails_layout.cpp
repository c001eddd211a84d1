// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How the details look and where their parts stand. What they show is in alertdetails.cpp.

#include "gui/alertdetails.h"

#include "ui_alertdetails.h"

#include "gui/celldelegate.h"
#include "gui/fonts.h"
#include "gui/glyphs.h"

#include <QEvent>
#include <QHeaderView>
#include <QSettings>

#include <algorithm>

namespace courier {
namespace {

constexpr int treeRowHeight = 26;

QString partsKey()
{
    return QStringLiteral("alerts/parts");
}

} // namespace

void AlertDetails::setUpLook()
{
    setTextRole(ui->title, TextRole::Title);
    setTextRole(ui->facts, TextRole::Small, true);
    setTextRole(ui->alertText, TextRole::Mono);
    ui->alertText->document()->setDocumentMargin(8);
    ui->resend->setIcon(glyphIcon(QStringLiteral("resend"), QStringLiteral("onaccent")));
    ui->copyAsCurl->setIcon(glyphIcon(QStringLiteral("copy")));
    ui->saveBody->setIcon(glyphIcon(QStringLiteral("save")));
    ui->tree->setItemDelegate(new CellDelegate(this, treeRowHeight));
    m_dismiss = ui->summary->addButton(tr("Dismiss"));
    m_dismiss->setToolTip(tr("Put this failure aside: it no longer needs attention."));
    ui->parts->setStretchFactor(0, 1);
    ui->parts->setStretchFactor(1, 1);
    ui->parts->installEventFilter(this);
    connect(ui->parts, &QSplitter::splitterMoved, this, [this] { m_partsChosen = true; });
}

void AlertDetails::saveState(QSettings &settings) const
{
    settings.setValue(partsKey(), m_partsChosen ? ui->parts->saveState() : QByteArray());
}

void AlertDetails::restoreState(const QSettings &settings)
{
    const Qt::Orientation orientation = ui->parts->orientation();
    m_partsChosen = ui->parts->restoreState(settings.value(partsKey()).toByteArray());
    ui->parts->setOrientation(orientation);
}

// Below the table there is room side by side; beside it everything stands in one column.
void AlertDetails::setBeside(bool beside)
{
    ui->parts->setOrientation(beside ? Qt::Vertical : Qt::Horizontal);
    auto *grid = ui->header;
    grid->removeWidget(ui->buttons);
    if (beside) {
        grid->addWidget(ui->buttons, 2, 0, 1, 2, Qt::AlignLeft);
    } else {
        grid->addWidget(ui->buttons, 0, 2, 2, 1, Qt::AlignTop);
    }
    fitColumns();
}

bool AlertDetails::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == ui->tree && event->type() == QEvent::Resize) {
        fitColumns();
    } else if (watched == ui->parts && event->type() == QEvent::Resize) {
        fitParts();
    }
    return QWidget::eventFilter(watched, event);
}

// Until the operator moves it, the line between tree and body leaves room for a whole status line of HTTP in the tree.
void AlertDetails::fitParts()
{
    constexpr double share = 0.53;
    constexpr int wholeLine = 398;
    constexpr int leastBody = 300;
    if (m_partsChosen || ui->parts->orientation() != Qt::Horizontal) {
        return;
    }
    const int room = ui->parts->width() - ui->parts->handleWidth();
    const int tree = std::max(qRound(room * share), std::min(wholeLine, room - leastBody));
    ui->parts->setSizes({tree, room - tree});
}

// Narrower than 480 px the tree gives up When, and keeps Result readable.
void AlertDetails::fitColumns()
{
    constexpr int narrowBelow = 480;
    auto *header = ui->tree->header();
    if (header->count() < 4) {
        return;
    }
    const bool narrow = ui->tree->width() < narrowBelow;
    header->setSectionResizeMode(DeliveryTreeModel::ResultColumn, QHeaderView::Stretch);
    header->setSectionHidden(DeliveryTreeModel::WhenColumn, narrow);
    m_tree->setCompact(narrow);
    header->resizeSection(DeliveryTreeModel::DestinationColumn, narrow ? 172 : 200);
    header->resizeSection(DeliveryTreeModel::WhenColumn, 80);
    header->resizeSection(DeliveryTreeModel::TookColumn, narrow ? 64 : 72);
}

} // namespace courier
