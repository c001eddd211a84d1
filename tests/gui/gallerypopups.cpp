// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gallerypages.h"

#include "gui/glyphs.h"

#include <QtWidgets>

namespace courier::gallery {

namespace {

QMenu *sampleMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->addAction(glyphIcon(u("add-destination")), u("&Add Destination..."))->setShortcut(QKeySequence(u("Ctrl+N")));
    menu->addAction(glyphIcon(u("import")), u("&Import..."))->setShortcut(QKeySequence(u("Ctrl+O")));
    menu->addSeparator();
    QAction *shown = menu->addAction(u("Show &Details"));
    shown->setCheckable(true);
    shown->setChecked(true);
    shown->setShortcut(QKeySequence(u("F4")));
    auto *group = new QActionGroup(menu);
    for (const char *name : {"&System", "&Light", "&Dark"}) {
        QAction *action = group->addAction(u(name));
        action->setCheckable(true);
        action->setChecked(*name == '&' && name[1] == 'L');
        menu->addAction(action);
    }
    menu->addSeparator();
    QAction *off = menu->addAction(glyphIcon(u("trash")), u("De&lete"));
    off->setEnabled(false);
    menu->addMenu(u("&Columns"))->addAction(u("Source"));
    menu->setActiveAction(shown);
    return menu;
}

} // namespace

QWidget *menuPage()
{
    QMenu *menu = sampleMenu(nullptr);
    // A plain window, so that it stays while its picture is taken.
    menu->setWindowFlags(Qt::Window);
    return menu;
}

QWidget *questionPage()
{
    auto *box = new QMessageBox(QMessageBox::Question, u("Delete"), u("Delete Ops bridge?"),
                                QMessageBox::Cancel | QMessageBox::Yes);
    box->setInformativeText(u("12 deliveries wait for it and are cancelled. Its history stays."));
    box->setDefaultButton(QMessageBox::Yes);
    return box;
}

QWidget *comboPage()
{
    auto *combo = new QComboBox;
    for (const Severity each : allSeverities()) {
        combo->addItem(glyphIcon(severityGlyph(each), severityColorKey(each)), displayName(each));
    }
    combo->setCurrentIndex(1);
    combo->resize(200, 32);
    auto *page = new QWidget;
    combo->setParent(page);
    combo->move(20, 20);
    combo->view()->setParent(page);
    combo->view()->setGeometry(20, 60, 200, 160);
    combo->view()->show();
    page->resize(260, 260);
    return page;
}

} // namespace courier::gallery
