// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/celldelegate.h"

#include "gui/elidedlabel.h"
#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "gui/theme.h"
#include "models/roles.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace courier {

namespace {

constexpr int padding = 8;
constexpr int leastLeading = 8; ///< between the lines of two rows, where the font is big
constexpr int glyphSize = 14;
constexpr int glyphGap = 8;
constexpr int pillInset = 9;  ///< from the pill's edge to its glyph
constexpr int pillMargin = 4; ///< above and below it
constexpr int pillRightPad = 11;

/// What a cell says about itself, read from the model in one go.
struct Cell
{
    explicit Cell(const QModelIndex &index)
    {
        std::array<QModelRoleData, 10> roles{
            QModelRoleData(Qt::DisplayRole), QModelRoleData(GlyphRole),  QModelRoleData(ColorKeyRole),
            QModelRoleData(PillRole),        QModelRoleData(MutedRole),  QModelRoleData(BoldRole),
            QModelRoleData(MonoRole),        QModelRoleData(IndentRole), QModelRoleData(Qt::TextAlignmentRole),
            QModelRoleData(NoteRole)};
        index.multiData(roles);
        text = roles[0].data().toString();
        glyph = roles[1].data().toString();
        colorKey = roles[2].data().toString();
        inLineWithPills = roles[3].data().isValid();
        pill = roles[3].data().toBool();
        muted = roles[4].data().toBool();
        bold = roles[5].data().toBool();
        mono = roles[6].data().toBool();
        indent = roles[7].data().toInt() + (inLineWithPills ? pillInset : 0);
        const Qt::Alignment wanted(roles[8].data().toInt());
        note = roles[9].data().toString();
        alignment = (wanted & Qt::AlignHorizontal_Mask) ? (wanted & Qt::AlignHorizontal_Mask) : Qt::AlignLeft;
    }

    QFont font(const QFont &base) const
    {
        if (mono) {
            return fontFor(TextRole::Mono, base);
        }
        return bold ? fontFor(TextRole::Strong, base) : base;
    }

    /// From the beginning of the cell to its words.
    int wordsAt() const { return padding + indent + (glyph.isEmpty() ? 0 : glyphSize + glyphGap); }

    /// Where the words go within the cell's rectangle, read from the left.
    QRect wordsRect(const QRect &cell) const { return cell.adjusted(wordsAt(), 0, -padding, 0); }

    QRect glyphRect(const QRect &cell) const
    {
        return {cell.left() + padding + indent, cell.top() + (cell.height() - glyphSize) / 2, glyphSize, glyphSize};
    }

    QRect pillRect(const QRect &cell, const QFontMetrics &metrics) const
    {
        const int before = padding + indent - pillInset;
        const int width = wordsAt() - before + metrics.horizontalAdvance(text) + pillRightPad;
        return {cell.left() + before, cell.top() + pillMargin, std::min(width, cell.width() - before),
                cell.height() - 2 * pillMargin};
    }

    QString text;
    QString note; ///< after the text
    QString glyph;
    QString colorKey;
    bool inLineWithPills = false;
    bool pill = false;
    bool muted = false;
    bool bold = false;
    bool mono = false;
    int indent = 0;
    Qt::Alignment alignment;
};

/// The words, and after them the note, which stays in sight where the words are cut. Too little room for both: no note.
void paintNoted(QPainter *painter, const QRect &area, const Cell &cell, Qt::LayoutDirection direction,
                const QColor &noteColor)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int note = metrics.horizontalAdvance(cell.note);
    const bool hasRoom = area.width() >= 2 * note;
    const QString text = metrics.elidedText(cell.text, Qt::ElideRight, hasRoom ? area.width() - note : area.width());
    const int baseline = area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent();
    const int words = metrics.horizontalAdvance(text);
    const bool fromLeft = direction == Qt::LeftToRight;
    painter->drawText(QPoint(fromLeft ? area.left() : area.right() + 1 - words, baseline), text);
    if (hasRoom) {
        painter->setPen(noteColor);
        painter->drawText(QPoint(fromLeft ? area.left() + words : area.right() + 1 - words - note, baseline),
                          cell.note);
    }
}

/// One line, cut where it doesn't fit. Drawn at a point rather than in a rectangle, which would lay it out once more;
/// measured only where it doesn't begin at the left.
void paintWords(QPainter *painter, const QRect &area, const Cell &cell, Qt::LayoutDirection direction)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const QString text = metrics.elidedText(cell.text, Qt::ElideRight, area.width());
    const Qt::Alignment side = QStyle::visualAlignment(direction, cell.alignment);
    int x = area.left();
    if (!side.testFlag(Qt::AlignLeft)) {
        const int rest = area.width() - metrics.horizontalAdvance(text);
        x += side.testFlag(Qt::AlignHCenter) ? rest / 2 : rest;
    }
    const int baseline = area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent();
    painter->drawText(QPoint(x, baseline), text);
}

} // namespace

CellDelegate::CellDelegate(QObject *parent, int rowHeight)
    : QStyledItemDelegate(parent)
    , m_rowHeight(rowHeight)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ColorTable &colors = Theme::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (option.widget) {
        option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    }

    const Cell cell(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(cell.font(option.font));
    ThemeColor textColor = cell.muted && !selected ? ThemeColor::Muted : ThemeColor::Text;
    QColor glyphColor = colors.color(cell.colorKey);
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    if (cell.pill) {
        const QRectF pill = mirrored(cell.pillRect(option.rect, painter->fontMetrics()));
        painter->setPen(Qt::NoPen);
        painter->setBrush(glyphColor);
        painter->drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
        textColor = ThemeColor::OnPill;
        glyphColor = colors.color(ThemeColor::OnPill);
    }
    paintGlyph(painter, cell.glyph, mirrored(cell.glyphRect(option.rect)), glyphColor, option.widget);
    painter->setPen(colors.color(textColor));
    const QRect words = mirrored(cell.wordsRect(option.rect));
    if (cell.note.isEmpty()) {
        paintWords(painter, words, cell, option.direction);
    } else {
        paintNoted(painter, words, cell, option.direction, colors.color(selected ? textColor : ThemeColor::Muted));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Cell cell(index);
    const int around = cell.wordsAt() + padding + (cell.inLineWithPills ? pillRightPad : 0);
    return {around + QFontMetrics(cell.font(option.font)).horizontalAdvance(cell.text + cell.note) + 1,
            std::max(m_rowHeight, option.fontMetrics.height() + leastLeading)};
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    QString tip = index.data(Qt::ToolTipRole).toString();
    const Cell cell(index);
    if (tip.isEmpty() && QFontMetrics(cell.font(option.font)).horizontalAdvance(cell.text + cell.note) >
                             cell.wordsRect(option.rect).width()) {
        tip = cell.text;
    }
    QToolTip::showText(event->globalPos(), plainToolTip(tip), view->viewport(), option.rect);
    return true;
}

} // namespace courier
