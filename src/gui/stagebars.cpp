// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stagebars.h"

#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "gui/stylepaint.h"
#include "gui/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace courier {

namespace {

constexpr int rowHeight = 28;
constexpr double barHeight = 6;

struct Mark
{
    QString glyph;
    QString colorKey;
};

Mark markOf(Stage::State state)
{
    switch (state) {
    case Stage::State::Running:
        return {QStringLiteral("st-sending"), QStringLiteral("sending")};
    case Stage::State::Done:
        return {QStringLiteral("st-delivered"), QStringLiteral("delivered")};
    case Stage::State::Failed:
        return {QStringLiteral("st-failed"), QStringLiteral("failed")};
    case Stage::State::Skipped:
        return {QStringLiteral("st-none"), QStringLiteral("disabled")};
    case Stage::State::Waiting:
        break;
    }
    return {QStringLiteral("st-untested"), QStringLiteral("disabled")};
}

bool isReached(const Stage &stage)
{
    return stage.state != Stage::State::Waiting && stage.state != Stage::State::Skipped;
}

} // namespace

/// One bar on its groove.
class StageBar : public QWidget
{
public:
    using QWidget::QWidget;

    void setSpan(double begin, double end, ThemeColor color)
    {
        m_begin = begin;
        m_end = end;
        m_color = color;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const ColorTable &colors = Theme::of(this);
        const QRectF groove(0, std::floor((height() - barHeight) / 2), width(), barHeight);
        const QColor ground = ColorTable::mix(colors.color(ThemeColor::Base), colors.color(ThemeColor::Text), 0.07);
        paintBox(&painter, groove, {ground, {}, barHeight / 2});
        if (m_begin < 0) {
            return;
        }
        const double length = std::max(barHeight, groove.width() * (m_end - m_begin));
        const double x = std::min(groove.width() * m_begin, groove.width() - length);
        paintBox(&painter, {x, groove.y(), length, barHeight}, {colors.color(m_color), {}, barHeight / 2});
    }

private:
    double m_begin = -1; ///< part of the width, 0 to 1; below 0 there is no bar
    double m_end = -1;
    ThemeColor m_color = ThemeColor::Accent;
};

StageBars::StageBars(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnMinimumWidth(1, 96);
    m_grid->setColumnStretch(2, 1);
    m_grid->setColumnMinimumWidth(3, 96);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Stages of the request"));
}

void StageBars::setStages(const QList<Stage> &stages)
{
    m_stages = stages;
    while (m_rows.size() < stages.size()) {
        addRow();
    }
    while (m_rows.size() > stages.size()) {
        removeRow();
    }
    qint64 scale = 1;
    for (const Stage &stage : stages) {
        if (isReached(stage)) {
            scale = std::max(scale, stage.end);
        }
    }
    QStringList description;
    for (qsizetype i = 0; i < stages.size(); ++i) {
        fill(m_rows[i], stages[i], scale);
        description.append(stages[i].name + QStringLiteral(": ") + stages[i].words);
    }
    setAccessibleDescription(description.join(QStringLiteral("; ")));
}

void StageBars::addRow()
{
    const Row row{new GlyphLabel({}, {}, 14, this), new QLabel(this), new StageBar(this), new QLabel(this)};
    const int at = static_cast<int>(m_rows.size());
    row.name->setTextFormat(Qt::PlainText);
    row.words->setTextFormat(Qt::PlainText);
    row.words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.bar->setMinimumWidth(80);
    m_grid->addWidget(row.glyph, at, 0, Qt::AlignVCenter);
    m_grid->addWidget(row.name, at, 1);
    m_grid->addWidget(row.bar, at, 2);
    m_grid->addWidget(row.words, at, 3);
    m_grid->setRowMinimumHeight(at, rowHeight);
    m_rows.append(row);
}

void StageBars::removeRow()
{
    const Row row = m_rows.takeLast();
    delete row.glyph;
    delete row.name;
    delete row.bar;
    delete row.words;
    m_grid->setRowMinimumHeight(static_cast<int>(m_rows.size()), 0);
}

void StageBars::fill(const Row &row, const Stage &stage, qint64 scale)
{
    const Mark mark = markOf(stage.state);
    const bool reached = isReached(stage);
    row.glyph->setGlyph(mark.glyph);
    row.glyph->setColorKey(mark.colorKey);
    row.name->setText(stage.name);
    row.words->setText(stage.words);
    setTextRole(row.name, TextRole::Body, !reached);
    setTextRole(row.words, TextRole::Body, !reached);
    const auto part = [&](qint64 at) { return reached ? static_cast<double>(at) / static_cast<double>(scale) : -1; };
    row.bar->setSpan(part(stage.begin), part(stage.end),
                     stage.state == Stage::State::Failed ? ThemeColor::Failed : ThemeColor::Accent);
}

} // namespace courier
