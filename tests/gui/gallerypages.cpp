// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gallerypages.h"

#include "gui/dialogheader.h"
#include "gui/elidedlabel.h"
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
#include "gui/viewsetup.h"
#include "models/roles.h"

#include <QtWidgets>

namespace courier::gallery {

QString u(const char *text)
{
    return QString::fromUtf8(text);
}

QPushButton *button(const char *text, const char *glyph, bool primary)
{
    auto *made = new QPushButton(u(text));
    if (*glyph) {
        made->setIcon(glyphIcon(u(glyph)));
    }
    made->setProperty("primary", primary);
    made->setAutoDefault(false);
    return made;
}

namespace {

QStandardItem *item(const QString &text, const QString &glyph = {}, const QString &colorKey = {})
{
    auto *made = new QStandardItem(text);
    if (!glyph.isEmpty()) {
        made->setData(glyph, GlyphRole);
        made->setData(colorKey, ColorKeyRole);
    }
    return made;
}

QStandardItem *muted(const QString &text)
{
    QStandardItem *made = item(text);
    made->setData(true, MutedRole);
    return made;
}

void addAlert(QStandardItemModel *model, Severity severity, AlertStatus status)
{
    auto *first = item(displayName(severity), severityGlyph(severity), severityColorKey(severity));
    first->setData(severity == Severity::Critical, PillRole);
    model->appendRow({first, muted(u("2 min ago")), item(u("Root login from a new country")), muted(u("auth-eu")),
                      muted(u("Legacy SIEM and 2 more")),
                      item(displayName(status), statusGlyph(status), statusColorKey(status))});
}

QTableView *alertTable(QWidget *parent)
{
    auto *model = new QStandardItemModel(0, 6, parent);
    model->setHorizontalHeaderLabels(
        {u("Severity"), u("Time"), u("Alert"), u("Source"), u("Destinations"), u("Delivery")});
    for (int i = 0; i < 8; ++i) {
        addAlert(model, allSeverities()[i % 5], static_cast<AlertStatus>(i));
    }
    for (int i = 0; i < 12; ++i) {
        addAlert(model, allSeverities()[i % 5], AlertStatus::Delivered);
    }
    auto *table = new QTableView(parent);
    table->setModel(model);
    prepareTable(table);
    table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    table->horizontalHeader()->setSortIndicator(1, Qt::DescendingOrder);
    table->horizontalHeader()->setSortIndicatorShown(true);
    table->setColumnWidth(0, 120);
    table->setColumnWidth(1, 112);
    table->setColumnWidth(3, 112);
    table->setColumnWidth(4, 200);
    table->setColumnWidth(5, 160);
    table->selectRow(0);
    return table;
}

QStandardItem *navEntry(const char *text, const char *glyph, const char *colorKey, const char *count)
{
    QStandardItem *made = item(u(text), u(glyph), u(colorKey));
    made->setData(u(count), CountRole);
    return made;
}

QTreeView *navigation(QWidget *parent)
{
    auto *model = new QStandardItemModel(parent);
    auto *alerts = item(u("Alerts"));
    alerts->setData(true, HeadingRole);
    alerts->appendRow(navEntry("All alerts", "all", "muted", "12,408"));
    alerts->appendRow(navEntry("Needs attention", "attention", "failed", "3"));
    alerts->appendRow(navEntry("Retrying", "st-retrying", "retrying", "7"));
    alerts->appendRow(navEntry("Delivered today", "st-delivered", "delivered", "412"));
    auto *destinations = item(u("Destinations"));
    destinations->setData(true, HeadingRole);
    destinations->appendRow(navEntry("Ops bridge with a very long name", "st-delivered", "delivered", "99.8 %"));
    destinations->appendRow(navEntry("Legacy SIEM", "st-failed", "failed", "94.4 %"));
    destinations->appendRow(navEntry("Night desk", "st-held", "held", "Paused"));
    destinations->appendRow(navEntry("Pager relay", "st-untested", "untested", "Not tested"));
    model->appendRow(alerts);
    model->appendRow(destinations);
    auto *tree = new QTreeView(parent);
    tree->setModel(model);
    prepareNavigation(tree);
    tree->expandAll();
    tree->setCurrentIndex(model->index(0, 0, model->index(0, 0)));
    return tree;
}

QTreeView *statusTree(QWidget *parent)
{
    auto *model = new QStandardItemModel(0, 4, parent);
    model->setHorizontalHeaderLabels({u("Destination"), u("When"), u("Result"), u("Took")});
    auto *first = item(u("Legacy SIEM"));
    first->setData(true, BoldRole);
    for (int i = 1; i <= 4; ++i) {
        auto *took = item(u("1.2 s"));
        took->setTextAlignment(Qt::AlignRight);
        first->appendRow(
            {item(u("Attempt %1, automatic").arg(i)), muted(u("14:32:01")), item(u("503 Service Unavailable")), took});
    }
    model->appendRow({first, item({}), item(u("Failed, 4 attempts"), u("st-failed"), u("failed")), item({})});
    auto *second = item(u("Audit lake"));
    second->setData(true, BoldRole);
    second->appendRow(item(u("Attempt 1")));
    model->appendRow({second, item({}), item(u("Retrying in 0:42"), u("st-retrying"), u("retrying")), item({})});
    auto *tree = new QTreeView(parent);
    tree->setModel(model);
    prepareTree(tree);
    tree->expand(model->index(0, 0));
    tree->header()->setStretchLastSection(false);
    tree->header()->setSectionResizeMode(2, QHeaderView::Stretch);
    model->horizontalHeaderItem(3)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    tree->setColumnWidth(0, 200);
    tree->setColumnWidth(1, 80);
    tree->setColumnWidth(3, 72);
    tree->setCurrentIndex(model->index(3, 0, model->index(0, 0)));
    return tree;
}

QWidget *detailsPane(QWidget *parent)
{
    auto *pane = new Panel(parent);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(16, 12, 12, 0);
    auto *head = new QHBoxLayout;
    head->addWidget(new GlyphLabel(u("sev-critical"), u("critical"), 18));
    auto *title = new ElidedLabel(u("Root login from a new country"));
    setTextRole(title, TextRole::Title);
    head->addWidget(title, 1);
    head->addWidget(button("Resend", "resend", true));
    head->addWidget(button("Copy as cURL", "copy"));
    head->addWidget(button("Save Body", "save"));
    column->addLayout(head);
    auto *strip = new Strip;
    strip->setNotice(Strip::Kind::Failure, {},
                     u("Legacy SIEM failed after 4 attempts (401 Unauthorized), Audit lake is tried again in 0:42."));
    strip->setGlyph(u("st-failed"));
    column->addWidget(strip);
    auto *split = new QSplitter;
    auto *left = new QTabWidget;
    left->setDocumentMode(true);
    left->addTab(statusTree(left), u("Delivery Status"));
    left->addTab(new QWidget, u("Why these destinations"));
    split->addWidget(left);
    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(8, 0, 0, 0);
    rightColumn->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(new GlyphLabel(u("st-failed"), u("failed"), 14));
    auto *status = new QLabel(u("401 Unauthorized"));
    setTextRole(status, TextRole::Strong);
    line->addWidget(status);
    auto *facts = new ElidedLabel(u("61 ms, 92 B, application/json"));
    setTextRole(facts, TextRole::Small, true);
    line->addWidget(facts, 1);
    auto *segments = new SegmentedButtons;
    segments->setSegments({u("Pretty"), u("Raw")});
    line->addWidget(segments);
    line->setContentsMargins(8, 2, 8, 2);
    rightColumn->addLayout(line);
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    auto *body = new QPlainTextEdit(u("{\n  \"error\": \"token expired\",\n  \"code\": 4011\n}"));
    body->setReadOnly(true);
    body->setFont(fontFor(TextRole::Mono));
    body->setFrameShape(QFrame::NoFrame);
    tabs->addTab(body, u("Response"));
    for (const char *name : {"Headers", "Request", "Timing"}) {
        tabs->addTab(new QWidget, u(name));
    }
    rightColumn->addWidget(tabs);
    split->addWidget(right);
    split->setSizes({540, 480});
    column->addWidget(split, 1);
    return pane;
}

QWidget *mainPage()
{
    auto *window = new QMainWindow;
    window->resize(1280, 800);
    for (const char *name : {"&File", "&Alert", "&Destination", "&View", "&Help"}) {
        window->menuBar()->addMenu(u(name));
    }
    auto *bar = window->addToolBar(u("Main"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addAction(glyphIcon(u("add-destination")), u("Add Destination"));
    bar->addAction(glyphIcon(u("new-alert")), u("New Alert"));
    bar->addAction(glyphIcon(u("import")), u("Import"));
    bar->addSeparator();
    bar->addAction(glyphIcon(u("resend")), u("Resend Failed"))->setEnabled(false);
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    auto *search = new QLineEdit;
    search->setPlaceholderText(u("Search alerts, e.g. severity:critical status:failed"));
    search->addAction(glyphIcon(u("search"), u("muted")), QLineEdit::LeadingPosition);
    search->setMaximumWidth(440);
    bar->addWidget(search);
    auto *split = new QSplitter;
    split->addWidget(navigation(split));
    auto *content = new QSplitter(Qt::Vertical);
    QTableView *table = alertTable(content);
    content->addWidget(table);
    content->addWidget(detailsPane(content));
    content->setSizes({332, 364});
    split->addWidget(content);
    split->setSizes({232, 1047});
    window->setCentralWidget(split);
    auto *state = new QToolButton;
    state->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    state->setAutoRaise(true);
    state->setIconSize({14, 14});
    state->setFont(fontFor(TextRole::Small));
    state->setIcon(glyphIcon(u("st-sending"), u("sending")));
    state->setText(u("Sending. 7 queued, next retry in 0:42"));
    window->statusBar()->setSizeGripEnabled(false);
    window->statusBar()->addWidget(state);
    table->setFocus();
    return window;
}

} // namespace

QWidget *controlsPage();
QWidget *wizardPage(int step);
QWidget *emptyPage();
QWidget *glyphsPage();
QWidget *menuPage();
QWidget *questionPage();
QWidget *comboPage();

QList<Page> makePages()
{
    return {{u("main"), mainPage()},        {u("controls"), controlsPage()}, {u("wizard-1"), wizardPage(0)},
            {u("wizard-2"), wizardPage(1)}, {u("empty"), emptyPage()},       {u("glyphs"), glyphsPage()},
            {u("menu"), menuPage()},        {u("question"), questionPage()}, {u("combo"), comboPage()}};
}

} // namespace courier::gallery
