// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/pageheader.h"

#include "gui/elidedlabel.h"
#include "gui/flowrow.h"
#include "gui/fonts.h"
#include "gui/glyphlabel.h"

#include <QGridLayout>
#include <QLineEdit>

namespace courier {
namespace {

constexpr int leastTitleWidth = 300; ///< with less beside them, the buttons go below
constexpr int glyphSize = 18;
constexpr int fieldPadding = 8; ///< what the style leaves free at the left of a field

} // namespace

PageHeader::PageHeader(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel({}, {}, glyphSize, this))
    , m_title(new ElidedLabel(this))
    , m_note(new ElidedLabel(this))
    , m_address(new QLineEdit(this))
    , m_grid(new QGridLayout(this))
{
    setTextRole(m_title, TextRole::Title);
    setTextRole(m_note, TextRole::Body, true);
    setTextRole(m_address, TextRole::Mono, true);
    m_address->setReadOnly(true);
    m_address->setFrame(false);
    m_address->setTextMargins(-fieldPadding, 0, 0, 0);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_glyph);
    row->addWidget(m_title);
    row->addWidget(m_note, 1);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(2);
    m_grid->addLayout(row, 0, 0);
    m_grid->addWidget(m_address, 1, 0);
    m_grid->setColumnStretch(0, 1);
}

void PageHeader::setGlyph(const QString &glyph, const QString &colorKey)
{
    m_glyph->setGlyph(glyph);
    m_glyph->setColorKey(colorKey);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setNote(const QString &note)
{
    m_note->setText(note);
}

void PageHeader::setAddress(const QString &address, const QString &name)
{
    m_address->setAccessibleName(name);
    if (m_address->text() != address) {
        m_address->setText(address);
        m_address->setCursorPosition(0);
    }
}

void PageHeader::setActions(FlowRow *actions)
{
    m_actions = actions;
    m_isBelow = false;
    m_grid->addWidget(m_actions, 0, 1, 2, 1, Qt::AlignTop);
    placeActions();
}

void PageHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeActions();
}

void PageHeader::placeActions()
{
    if (m_actions == nullptr) {
        return;
    }
    const bool isBelow = width() < leastTitleWidth + m_grid->horizontalSpacing() + m_actions->sizeHint().width();
    if (isBelow == m_isBelow) {
        return;
    }
    m_isBelow = isBelow;
    m_grid->removeWidget(m_actions);
    if (isBelow) {
        m_actions->setContentsMargins(0, 10, 0, 0);
        m_grid->addWidget(m_actions, 2, 0, 1, 2);
    } else {
        m_actions->setContentsMargins(0, 0, 0, 0);
        m_grid->addWidget(m_actions, 0, 1, 2, 1, Qt::AlignTop);
    }
}

} // namespace courier
