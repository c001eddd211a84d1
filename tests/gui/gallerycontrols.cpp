// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gallerypages.h"

#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "gui/segmentedbuttons.h"
#include "gui/strip.h"

#include <QtWidgets>

namespace courier::gallery {

namespace {

void addStrips(QVBoxLayout *column)
{
    for (const auto kind : {Strip::Kind::Info, Strip::Kind::Success, Strip::Kind::Warning, Strip::Kind::Failure}) {
        auto *strip = new Strip;
        strip->setNotice(kind, u("What happened, in one line."), u("What it means, and what to do about it."));
        strip->addButton(u("Do Something"));
        strip->setClosable(kind == Strip::Kind::Warning);
        column->addWidget(strip);
    }
    auto *wide = new Strip;
    wide->setFullWidth(true);
    wide->setNotice(Strip::Kind::Warning, {}, u("Resent 312 deliveries: 309 delivered, 3 failed again."));
    wide->setClosable(true);
    column->addWidget(wide);
}

void addButtons(QVBoxLayout *column)
{
    auto *buttons = new QHBoxLayout;
    auto *off = button("Unavailable", "resend");
    off->setEnabled(false);
    auto *offPrimary = button("Unavailable", "resend", true);
    offPrimary->setEnabled(false);
    auto *down = button("Pressed");
    down->setDown(true);
    auto *flat = button("Advanced", "chevron-right");
    flat->setProperty("flatButton", true);
    flat->setProperty("alignLeft", true);
    auto *compact = button("Send Anyway");
    compact->setProperty("compact", true);
    for (QWidget *each :
         {button("Resend", "resend", true), button("Edit", "edit"), off, offPrimary, down, flat, compact}) {
        buttons->addWidget(each);
    }
    buttons->addStretch();
    column->addLayout(buttons);
}

void addChoices(QVBoxLayout *column)
{
    auto *choices = new QHBoxLayout;
    auto *answers = new SegmentedButtons;
    answers->setSegments({u("200 OK"), u("401 Unauthorized"), u("500 Server Error"), u("Slowly"), u("Not at all")});
    answers->setCurrent(2);
    choices->addWidget(answers);
    auto *check = new QCheckBox(u("Checked"));
    check->setChecked(true);
    auto *half = new QCheckBox(u("Partly"));
    half->setTristate(true);
    half->setCheckState(Qt::PartiallyChecked);
    auto *dead = new QCheckBox(u("Disabled"));
    dead->setEnabled(false);
    auto *radio = new QRadioButton(u("Chosen"));
    radio->setChecked(true);
    for (QWidget *each : {static_cast<QWidget *>(check), static_cast<QWidget *>(half), static_cast<QWidget *>(dead),
                          static_cast<QWidget *>(radio), static_cast<QWidget *>(new QRadioButton(u("Not chosen")))}) {
        choices->addWidget(each);
    }
    choices->addStretch();
    column->addLayout(choices);
}

void addFields(QVBoxLayout *column)
{
    auto *fields = new QHBoxLayout;
    auto *locked = new QLineEdit(u("Disabled"));
    locked->setEnabled(false);
    auto *secret = new QLineEdit(u("0123456789"));
    secret->setEchoMode(QLineEdit::Password);
    secret->addAction(glyphIcon(u("eye"), u("muted")), QLineEdit::TrailingPosition);
    auto *editable = new QComboBox;
    editable->setEditable(true);
    editable->addItem(u("Editable"));
    auto *severity = new QComboBox;
    for (const Severity each : allSeverities()) {
        severity->addItem(glyphIcon(severityGlyph(each), severityColorKey(each)), displayName(each));
    }
    auto *spin = new QSpinBox;
    spin->setValue(5);
    for (QWidget *each : {static_cast<QWidget *>(new QLineEdit(u("Text"))), static_cast<QWidget *>(locked),
                          static_cast<QWidget *>(secret), static_cast<QWidget *>(editable),
                          static_cast<QWidget *>(severity), static_cast<QWidget *>(spin)}) {
        fields->addWidget(each);
    }
    column->addLayout(fields);
}

void addProgressAndList(QVBoxLayout *column)
{
    auto *progress = new QProgressBar;
    progress->setRange(0, 312);
    progress->setValue(151);
    progress->setTextVisible(false);
    column->addWidget(progress);
    auto *busy = new QProgressBar;
    busy->setRange(0, 0);
    column->addWidget(busy);
    auto *list = new QListWidget;
    list->addItems({u("One"), u("Two"), u("Three")});
    list->setCurrentRow(1);
    list->setMaximumHeight(90);
    column->addWidget(list);
}

} // namespace

QWidget *controlsPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    addStrips(column);
    addButtons(column);
    addChoices(column);
    addFields(column);
    addProgressAndList(column);
    column->addStretch();
    page->resize(960, 700);
    page->findChild<QCheckBox *>()->setFocus();
    return page;
}

} // namespace courier::gallery
