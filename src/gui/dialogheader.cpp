// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/dialogheader.h"

#include "gui/elidedlabel.h"
#include "gui/fonts.h"
#include "gui/stylepaint.h"
#include "gui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace courier {

DialogHeader::DialogHeader(QWidget *parent)
    : Panel(Surface::Base, false, parent)
    , m_title(new ElidedLabel(this))
    , m_sentence(new QLabel(this))
    , m_row(new QHBoxLayout(this))
{
    setTextRole(m_title, TextRole::Title);
    setTextRole(m_sentence, TextRole::Body, true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(m_title);
    lines->addWidget(m_sentence);
    m_row->setContentsMargins(24, 16, 24, 17);
    m_row->setSpacing(24);
    m_row->addLayout(lines, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QString DialogHeader::title() const
{
    return m_title->text();
}

void DialogHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString DialogHeader::sentence() const
{
    return m_sentence->text();
}

void DialogHeader::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void DialogHeader::setRightWidget(QWidget *widget)
{
    m_row->addWidget(widget, 0, Qt::AlignVCenter);
}

void DialogHeader::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    QPainter painter(this);
    paintBottomLine(&painter, rect(), Theme::of(this));
}

} // namespace courier
