// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace courier {

class GlyphLabel;
class StageBar;

/// One part of a request: how it went and when it was, as microseconds since the request began.
struct Stage
{
    enum class State { Waiting, Running, Done, Failed, Skipped };
    QString name;
    State state = State::Waiting;
    qint64 begin = 0;
    qint64 end = 0;
    QString words; ///< at the right: "12 ms", "401, 23 ms", "not reached"
};

/// The stages of a request under each other: mark, name, a bar that shows when each was, and its time in words. Names
/// and times are labels, so screen readers find them; the whole has them as its accessible description too. Promote a
/// QWidget to it. GUI thread.
class StageBars : public QWidget
{
    Q_OBJECT

public:
    explicit StageBars(QWidget *parent = nullptr);

    /// The bars share one scale that ends with the last stage, so they can be replaced as the request goes on.
    void setStages(const QList<Stage> &stages);
    QList<Stage> stages() const { return m_stages; }

private:
    struct Row
    {
        GlyphLabel *glyph;
        QLabel *name;
        StageBar *bar;
        QLabel *words;
    };
    void addRow();
    void removeRow();
    static void fill(const Row &row, const Stage &stage, qint64 scale);

    QList<Stage> m_stages;
    QList<Row> m_rows;
    QGridLayout *m_grid;
};

} // namespace courier
