// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/fieldmessage.h"

#include "gui/courierstyle.h"
#include "gui/fonts.h"
#include "gui/glyphlabel.h"

#include <QHBoxLayout>
#include <QLabel>

namespace courier {

namespace {

QString wordOf(FieldMessage::Kind kind)
{
    switch (kind) {
    case FieldMessage::Kind::Warning:
        return QStringLiteral("warning");
    case FieldMessage::Kind::Error:
        return QStringLiteral("error");
    case FieldMessage::Kind::Hint:
        break;
    }
    return {};
}

} // namespace

FieldMessage::FieldMessage(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel({}, {}, 14, this))
    , m_label(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addWidget(m_label, 1);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    clear();
}

void FieldMessage::setField(QWidget *field)
{
    m_field = field;
    m_fieldDescription = field ? field->accessibleDescription() : QString();
    markField();
}

void FieldMessage::setHint(const QString &hint)
{
    m_hint = hint;
    if (m_kind == Kind::Hint) {
        clear();
    }
}

void FieldMessage::showError(const QString &message)
{
    show(Kind::Error, message);
}

void FieldMessage::showWarning(const QString &message)
{
    show(Kind::Warning, message);
}

void FieldMessage::clear()
{
    show(Kind::Hint, m_hint);
}

QString FieldMessage::text() const
{
    return m_label->text();
}

void FieldMessage::show(Kind kind, const QString &message)
{
    m_kind = kind;
    const QString word = wordOf(kind);
    m_glyph->setGlyph(word);
    m_glyph->setColorKey(word);
    m_glyph->setVisible(kind != Kind::Hint);
    m_label->setText(message);
    setTextRole(m_label, TextRole::Small, kind == Kind::Hint);
    m_glyph->setFixedHeight(m_label->fontMetrics().height());
    setVisible(!message.isEmpty());
    markField();
}

void FieldMessage::markField()
{
    if (!m_field) {
        return;
    }
    setFault(m_field, wordOf(m_kind));
    m_field->setAccessibleDescription(text().isEmpty() ? m_fieldDescription : text());
}

} // namespace courier
