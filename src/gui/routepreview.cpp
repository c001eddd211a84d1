// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/routepreview.h"

#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "gui/hairline.h"
#include "models/marks.h"

#include <QGridLayout>
#include <QLabel>

namespace courier {
namespace {

AlertStatus markOf(RouteLine::Kind kind)
{
    switch (kind) {
    case RouteLine::Kind::Now:
        return AlertStatus::Delivered;
    case RouteLine::Kind::Held:
        return AlertStatus::Held;
    case RouteLine::Kind::NotAtAll:
        break;
    }
    return AlertStatus::NoDestination;
}

QLabel *newLabel(const QString &text, TextRole role, bool muted)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setTextRole(label, role, muted);
    return label;
}

} // namespace

RoutePreview::RoutePreview(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
}

void RoutePreview::setLines(const QList<RouteLine> &lines)
{
    if (lines == m_lines && widget() != nullptr) {
        return;
    }
    m_lines = lines;
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(14);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool isFirstOther =
            lines.at(i).kind == RouteLine::Kind::NotAtAll && i > 0 && lines.at(i - 1).kind != RouteLine::Kind::NotAtAll;
        if (isFirstOther) {
            column->addWidget(new HairLine);
        }
        column->addWidget(newRow(lines.at(i)));
    }
    if (lines.isEmpty()) {
        column->addWidget(newLabel(tr("There is no destination yet."), TextRole::Body, true));
    }
    column->addStretch();
    setWidget(page);
}

QWidget *RoutePreview::newRow(const RouteLine &line)
{
    const bool isTaken = line.kind != RouteLine::Kind::NotAtAll;
    auto *row = new QWidget;
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    const AlertStatus mark = markOf(line.kind);
    grid->addWidget(new GlyphLabel(statusGlyph(mark), statusColorKey(mark), 14), 0, 0, Qt::AlignVCenter);
    grid->addWidget(newLabel(line.name, TextRole::Body, !isTaken), 0, 1);
    grid->addWidget(newLabel(line.words, TextRole::Small, true), 1, 1);
    return row;
}

} // namespace courier
