// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/strip.h"

#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "gui/glyphs.h"
#include "gui/stylepaint.h"
#include "gui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace courier {

namespace {

QLabel *newLine(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

/// How much of the state's colour the ground takes: dark grounds take more, but yellow on dark turns olive.
double groundPart(Strip::Kind kind, bool isDark)
{
    if (!isDark || kind == Strip::Kind::Warning) {
        return 0.07;
    }
    return kind == Strip::Kind::Failure ? 0.13 : 0.10;
}

} // namespace

Strip::Strip(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_glyphLabel(new GlyphLabel(this))
    , m_firstLine(newLine(this))
    , m_secondLine(newLine(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new QPushButton(this))
{
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(m_firstLine);
    lines->addWidget(m_secondLine);
    m_buttons->setSpacing(8);
    m_row->setSpacing(10);
    m_row->addWidget(m_glyphLabel);
    m_row->addLayout(lines, 1);
    m_row->addLayout(m_buttons);
    m_row->addWidget(m_close, 0, Qt::AlignVCenter);

    m_close->setIcon(glyphIcon(QStringLiteral("close"), QStringLiteral("muted")));
    m_close->setProperty("flatButton", true);
    m_close->setAutoDefault(false);
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->hide();
    connect(m_close, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });

    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumHeight(36);
    updateMargins();
    updateGlyph();
    updateLines();
}

void Strip::setKind(Kind kind)
{
    m_kind = kind;
    updateGlyph();
    update();
}

QString Strip::title() const
{
    return m_title;
}

void Strip::setTitle(const QString &title)
{
    m_title = title;
    updateLines();
}

QString Strip::text() const
{
    return m_text;
}

void Strip::setText(const QString &text)
{
    m_text = text;
    updateLines();
}

void Strip::setNotice(Kind kind, const QString &title, const QString &text)
{
    m_title = title;
    m_text = text;
    updateLines();
    setKind(kind);
}

void Strip::setGlyph(const QString &glyph)
{
    m_glyph = glyph;
    updateGlyph();
}

void Strip::setFullWidth(bool fullWidth)
{
    m_fullWidth = fullWidth;
    updateMargins();
    update();
}

bool Strip::isClosable() const
{
    return !m_close->isHidden();
}

void Strip::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void Strip::addButton(QPushButton *button)
{
    button->setAutoDefault(false);
    m_buttons->addWidget(button, 0, Qt::AlignVCenter);
}

QPushButton *Strip::addButton(const QString &text, const QString &glyph)
{
    auto *button = new QPushButton(text, this);
    if (!glyph.isEmpty()) {
        button->setIcon(glyphIcon(glyph));
    }
    addButton(button);
    return button;
}

void Strip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ColorTable &colors = Theme::of(this);
    const QColor base = colors.color(ThemeColor::Base);
    const QColor state = colors.color(colorKey());
    const double part = groundPart(m_kind, colors.isDark());
    const QColor ground = ColorTable::mix(base, state, part);
    const QColor edge = ColorTable::mix(base, state, colors.isDark() ? part * 2.6 : 0.28);
    if (!m_fullWidth) {
        paintBox(&painter, rect(), {ground, edge, 6});
        return;
    }
    painter.fillRect(rect(), ground);
    painter.fillRect(QRect(0, height() - 1, width(), 1), edge);
}

QString Strip::colorKey() const
{
    switch (m_kind) {
    case Kind::Success:
        return QStringLiteral("success");
    case Kind::Warning:
        return QStringLiteral("warning");
    case Kind::Failure:
        return QStringLiteral("error");
    case Kind::Info:
        break;
    }
    return QStringLiteral("notice");
}

void Strip::updateGlyph()
{
    const QString own = m_kind == Kind::Info ? QStringLiteral("info") : colorKey();
    m_glyphLabel->setGlyph(m_glyph.isEmpty() ? own : m_glyph);
    m_glyphLabel->setColorKey(colorKey());
}

void Strip::updateLines()
{
    const bool two = !m_title.isEmpty() && !m_text.isEmpty();
    m_firstLine->setText(m_title.isEmpty() ? m_text : m_title);
    m_secondLine->setText(two ? m_text : QString());
    m_secondLine->setVisible(two);
    setTextRole(m_firstLine, two ? TextRole::Strong : TextRole::Body);
    m_glyphLabel->setFixedHeight(m_firstLine->fontMetrics().height());
    m_row->setAlignment(m_glyphLabel, two ? Qt::AlignTop : Qt::AlignVCenter);
}

void Strip::updateMargins()
{
    if (m_fullWidth) {
        m_row->setContentsMargins(16, 8, 8, 8);
    } else {
        m_row->setContentsMargins(12, 8, 8, 8);
    }
}

} // namespace courier
