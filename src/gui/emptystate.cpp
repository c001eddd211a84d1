// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/emptystate.h"

#include "gui/fonts.h"
#include "gui/glyphlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace courier {

namespace {

constexpr int glyphSize = 64;
constexpr int textWidth = 440;

QLabel *newText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setWordWrap(true);
    return label;
}

QPushButton *newButton(QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setAutoDefault(false);
    button->hide();
    return button;
}

void setButtonText(QPushButton *button, const QString &text)
{
    button->setText(text);
    button->setVisible(!text.isEmpty());
}

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel(QStringLiteral("empty"), QStringLiteral("muted"), glyphSize, this))
    , m_title(newText(this))
    , m_sentence(newText(this))
    , m_primary(newButton(this))
    , m_secondary(newButton(this))
{
    setBackgroundRole(QPalette::Base);
    setTextRole(m_title, TextRole::Title);
    setTextRole(m_sentence, TextRole::Body, true);
    m_primary->setProperty("primary", true);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_primary);
    buttons->addWidget(m_secondary);
    buttons->addStretch();

    auto *texts = new QVBoxLayout;
    texts->setSpacing(8);
    texts->addWidget(m_title);
    texts->addWidget(m_sentence);
    m_sentence->setMaximumWidth(textWidth);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addLayout(texts, 100);
    middle->addStretch(1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(16);
    column->addStretch(4);
    column->addWidget(m_glyph, 0, Qt::AlignHCenter);
    column->addLayout(middle);
    column->addLayout(buttons);
    column->addStretch(5);

    connect(m_primary, &QPushButton::clicked, this, &EmptyState::primaryClicked);
    connect(m_secondary, &QPushButton::clicked, this, &EmptyState::secondaryClicked);
}

QString EmptyState::glyph() const
{
    return m_glyph->glyph();
}

void EmptyState::setGlyph(const QString &glyph)
{
    m_glyph->setGlyph(glyph);
    m_glyph->setVisible(!glyph.isEmpty());
}

QString EmptyState::title() const
{
    return m_title->text();
}

void EmptyState::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

QString EmptyState::primaryText() const
{
    return m_primary->text();
}

void EmptyState::setPrimaryText(const QString &text)
{
    setButtonText(m_primary, text);
}

QString EmptyState::secondaryText() const
{
    return m_secondary->text();
}

void EmptyState::setSecondaryText(const QString &text)
{
    setButtonText(m_secondary, text);
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().color(backgroundRole()));
}

} // namespace courier
