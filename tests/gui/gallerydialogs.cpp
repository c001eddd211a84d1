// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gallerypages.h"

#include "gui/courierstyle.h"
#include "gui/dialogheader.h"
#include "gui/emptystate.h"
#include "gui/fieldmessage.h"
#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "gui/glyphs.h"
#include "gui/hairline.h"
#include "gui/panel.h"
#include "gui/segmentedbuttons.h"
#include "gui/stagebars.h"
#include "gui/stepper.h"
#include "gui/strip.h"
#include "gui/theme.h"

#include <QtWidgets>

namespace courier::gallery {

namespace {

void addField(QFormLayout *form, const char *label, QWidget *field, FieldMessage *message)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(field);
    if (message) {
        message->setField(field);
        column->addWidget(message);
    }
    auto *name = new QLabel(u(label));
    name->setMinimumSize(128, 32);
    form->addRow(name, column);
}

FieldMessage *message(const char *error, const char *warning, const char *hint)
{
    auto *made = new FieldMessage;
    made->setHint(u(hint));
    if (*error) {
        made->showError(u(error));
    }
    if (*warning) {
        made->showWarning(u(warning));
    }
    return made;
}

QWidget *footer(std::initializer_list<QPushButton *> buttons)
{
    auto *made = new QWidget;
    auto *row = new QHBoxLayout(made);
    row->setContentsMargins(24, 12, 24, 12);
    row->addStretch();
    for (QPushButton *each : buttons) {
        row->addWidget(each);
    }
    return made;
}

QWidget *configureBody()
{
    auto *body = new QWidget;
    auto *form = new QFormLayout(body);
    form->setContentsMargins(24, 20, 24, 16);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(14);
    auto *name = new QLineEdit(u("Night SIEM"));
    addField(form, "Display name", name, nullptr);
    auto *url = new QLineEdit(u("siem.example.com/hooks/alerts"));
    addField(form, "Webhook URL", url, message("Enter a full address that starts with https:// or http://.", "", ""));
    auto *plain = new QLineEdit(u("http://127.0.0.1:9000/"));
    addField(form, "Second URL", plain,
             message("", "http:// sends alerts unencrypted. Fine for this computer, risky elsewhere.", ""));
    auto *boxes = new QWidget;
    auto *row = new QHBoxLayout(boxes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    for (const Severity severity : allSeverities()) {
        auto *box = new QCheckBox(displayName(severity));
        box->setIcon(glyphIcon(severityGlyph(severity), severityColorKey(severity)));
        box->setIconSize({14, 14});
        box->setChecked(severity > Severity::Low);
        row->addWidget(box);
    }
    row->addStretch();
    addField(form, "Severity levels", boxes, nullptr);
    auto *retries = new QComboBox;
    retries->addItems({u("Standard"), u("Quick"), u("Patient"), u("Reference")});
    addField(form, "Retries", retries,
             message("", "", "Tries again after 5 s, 10 s, 20 s and so on, at most 15 minutes apart."));
    auto *timeout = new QSpinBox;
    timeout->setSuffix(u(" s"));
    timeout->setMaximumWidth(96);
    addField(form, "Time-out", timeout, nullptr);
    auto *text = new QPlainTextEdit(u("Volume /var/lib has 11 GiB left."));
    text->setMaximumHeight(64);
    addField(form, "Message", text, nullptr);
    return body;
}

QWidget *testBody()
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(16);
    auto *strip = new Strip;
    strip->setNotice(Strip::Kind::Success, u("Received: 200 OK in 84 ms."),
                     u("The receiver took the alert. Night SIEM is ready."));
    column->addWidget(strip);
    auto *card = new Panel(Panel::Surface::Base, true);
    auto *inner = new QVBoxLayout(card);
    inner->setContentsMargins(16, 8, 16, 8);
    auto *stages = new StageBars;
    stages->setStages({{u("Connect"), Stage::State::Done, 0, 12, u("12 ms")},
                       {u("TLS"), Stage::State::Done, 12, 43, u("31 ms")},
                       {u("Sent"), Stage::State::Done, 43, 45, u("2 ms")},
                       {u("Answered"), Stage::State::Failed, 45, 84, u("401, 39 ms")}});
    inner->addWidget(stages);
    column->addWidget(card);
    auto *second = new Panel(Panel::Surface::Base, true);
    auto *secondInner = new QVBoxLayout(second);
    secondInner->setContentsMargins(16, 8, 16, 8);
    auto *waiting = new StageBars;
    waiting->setStages({{u("Connect"), Stage::State::Failed, 0, 2, u("refused, 1 ms")},
                        {u("TLS"), Stage::State::Skipped, 0, 0, u("not used")},
                        {u("Sent"), Stage::State::Running, 2, 60, u("")},
                        {u("Answered"), Stage::State::Waiting, 0, 0, u("not reached")}});
    secondInner->addWidget(waiting);
    column->addWidget(second);
    column->addStretch();
    return body;
}

} // namespace

QWidget *wizardPage(int step)
{
    auto *dialog = new QDialog;
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *header = new DialogHeader;
    header->setTitle(step == 0 ? u("Where alerts go") : u("Test Night SIEM"));
    header->setSentence(step == 0 ? u("Step 1 of 2. The address, and which alerts it gets.")
                                  : u("Step 2 of 2. The destination is added; a test shows that alerts arrive."));
    auto *stepper = new Stepper;
    stepper->setCurrent(step);
    header->setRightWidget(stepper);
    column->addWidget(header);
    column->addWidget(step == 0 ? configureBody() : testBody(), 1);
    column->addWidget(new HairLine);
    QPushButton *last = step == 0 ? button("Add Destination", "", true) : button("Finish Setup", "", true);
    column->addWidget(footer({button("Cancel"), last}));
    dialog->resize(728, 600);
    last->setFocus();
    return dialog;
}

QWidget *emptyPage()
{
    auto *page = new EmptyState;
    page->resize(1048, 634);
    page->setTitle(u("Alerts have nowhere to go yet."));
    page->setSentence(u("Add the webhook that should get them, or watch one arrive first: the built-in receiver needs "
                        "no other program."));
    page->setPrimaryText(u("Add Destination"));
    page->primaryButton()->setIcon(glyphIcon(u("add-destination")));
    page->setSecondaryText(u("Try it with the built-in receiver"));
    page->secondaryButton()->setIcon(glyphIcon(u("receiver")));
    page->primaryButton()->setFocus();
    return page;
}

QWidget *glyphsPage()
{
    auto *page = new Panel;
    auto *grid = new QGridLayout(page);
    const QStringList names = QDir(u(":/icons")).entryList({u("*.svg")}, QDir::Files, QDir::Name);
    int at = 0;
    for (const QString &name : names) {
        const QString base = QFileInfo(name).completeBaseName();
        auto *cell = new QVBoxLayout;
        auto *pair = new QHBoxLayout;
        for (const int size : {14, 20, 40}) {
            pair->addWidget(new GlyphLabel(base, u("text"), size));
        }
        cell->addLayout(pair);
        auto *label = new QLabel(base);
        setTextRole(label, TextRole::Small, true);
        cell->addWidget(label);
        grid->addLayout(cell, at / 9, at % 9);
        ++at;
    }
    auto *icon = new QLabel;
    icon->setPixmap(programIcon().pixmap(128));
    grid->addWidget(icon, at / 9 + 1, 0, 1, 3);
    int column = 3;
    for (const int size : {64, 32, 16}) {
        auto *small = new QLabel;
        small->setPixmap(programIcon().pixmap(size));
        grid->addWidget(small, at / 9 + 1, column++);
    }
    return page;
}

} // namespace courier::gallery
