// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/jsonedit.h"

#include "gui/fonts.h"
#include "gui/theme.h"

#include <QEvent>
#include <QPainter>
#include <QTextBlock>

#include <algorithm>

namespace courier {
namespace {

constexpr int padding = 8;

} // namespace

JsonEdit::JsonEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_numbers(new QWidget(this))
{
    setTextRole(this, TextRole::Mono);
    setLineWrapMode(NoWrap);
    document()->setDocumentMargin(6);
    m_numbers->installEventFilter(this);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &JsonEdit::layOut);
    connect(this, &QPlainTextEdit::updateRequest, m_numbers, qOverload<>(&QWidget::update));
    layOut();
}

void JsonEdit::setFault(int line, int column)
{
    if (m_faultLine != line || m_faultColumn != column) {
        m_faultLine = line;
        m_faultColumn = column;
        markFault();
        m_numbers->update();
    }
}

void JsonEdit::clearFault()
{
    setFault(0, 0);
}

void JsonEdit::layOut()
{
    const int digits = std::max(2, static_cast<int>(QString::number(blockCount()).size()));
    const int width = fontMetrics().horizontalAdvance(QLatin1Char('0')) * digits + 2 * padding;
    setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), width, area.height());
}

void JsonEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOut();
}

void JsonEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        markFault();
    }
}

bool JsonEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_numbers && event->type() == QEvent::Paint) {
        paintNumbers();
        return true;
    }
    return QPlainTextEdit::eventFilter(watched, event);
}

void JsonEdit::paintNumbers()
{
    const ColorTable &colors = Theme::of(this);
    QPainter painter(m_numbers);
    painter.setFont(font());
    const double lineHeight = QFontMetricsF(font()).lineSpacing();
    painter.fillRect(m_numbers->rect().adjusted(2, 2, 0, -2), colors.color(ThemeColor::AlternateBase));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF line = blockBoundingGeometry(block).translated(contentOffset());
        if (line.top() > m_numbers->height()) {
            break;
        }
        const int number = block.blockNumber() + 1;
        painter.setPen(colors.color(number == m_faultLine ? ThemeColor::Text : ThemeColor::Muted));
        painter.drawText(QRectF(0, line.top(), m_numbers->width() - padding, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
    }
}

void JsonEdit::markFault()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QTextBlock block = document()->findBlockByNumber(m_faultLine - 1);
    if (m_faultLine > 0 && block.isValid()) {
        const ColorTable &colors = Theme::of(this);
        const QColor failed = colors.color(ThemeColor::Failed);
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(block);
        line.format.setBackground(
            ColorTable::mix(colors.color(ThemeColor::Base), failed, colors.isDark() ? 0.16 : 0.09));
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        QTextEdit::ExtraSelection rest;
        rest.cursor = QTextCursor(block);
        rest.cursor.setPosition(block.position() + std::clamp(m_faultColumn - 1, 0, block.length() - 1));
        rest.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        rest.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        rest.format.setUnderlineColor(failed);
        marks = {line, rest};
    }
    setExtraSelections(marks);
}

} // namespace courier
