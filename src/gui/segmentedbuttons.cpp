// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/segmentedbuttons.h"

#include "gui/flowrow.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMap>

namespace courier {

namespace {

QString placeOf(qsizetype index, qsizetype count)
{
    if (count == 1) {
        return QStringLiteral("only");
    }
    if (index == 0) {
        return QStringLiteral("first");
    }
    return index == count - 1 ? QStringLiteral("last") : QStringLiteral("middle");
}

} // namespace

void styleAsSegments(const QList<QPushButton *> &buttons)
{
    for (qsizetype i = 0; i < buttons.size(); ++i) {
        QPushButton *button = buttons[i];
        button->setProperty("segment", placeOf(i, buttons.size()));
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
}

SegmentedButtons::SegmentedButtons(QWidget *parent)
    : QGroupBox(parent)
    , m_group(new QButtonGroup(this))
{
    setFlat(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentedButtons::chosen);
}

void SegmentedButtons::setSegments(const QStringList &texts)
{
    qDeleteAll(m_group->buttons());
    QList<QPushButton *> buttons;
    for (const QString &text : texts) {
        auto *button = new QPushButton(text, this);
        layout()->addWidget(button);
        m_group->addButton(button, static_cast<int>(buttons.size()));
        buttons.append(button);
    }
    styleAsSegments(buttons);
    setCurrent(0);
}

void SegmentedButtons::setWrapping()
{
    const QList<QAbstractButton *> buttons = m_group->buttons();
    delete layout();
    auto *flow = new FlowLayout(this);
    flow->setGaps(0, 6);
    for (QAbstractButton *button : buttons) {
        flow->addWidget(button);
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

// Each line of parts has round corners of its own.
void SegmentedButtons::resizeEvent(QResizeEvent *event)
{
    QGroupBox::resizeEvent(event);
    QMap<int, QList<QPushButton *>> lines;
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons) {
        lines[button->y()].append(qobject_cast<QPushButton *>(button));
    }
    for (const QList<QPushButton *> &line : std::as_const(lines)) {
        styleAsSegments(line);
    }
}

int SegmentedButtons::current() const
{
    return m_group->checkedId();
}

void SegmentedButtons::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index)) {
        button->setChecked(true);
    }
}

QPushButton *SegmentedButtons::button(int index) const
{
    return qobject_cast<QPushButton *>(m_group->button(index));
}

void SegmentedButtons::paintEvent(QPaintEvent *)
{
    // The buttons are all there is to see; the group box is there for its role.
}

void SegmentedButtons::changeEvent(QEvent *event)
{
    QGroupBox::changeEvent(event);
    // A group box makes room for its frame and title each time its style or font changes.
    setContentsMargins(0, 0, 0, 0);
}

} // namespace courier
