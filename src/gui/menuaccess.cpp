// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/menuaccess.h"

#include <QAccessible>
#include <QAccessibleActionInterface>
#include <QAccessibleObject>
#include <QAction>
#include <QMenu>
#include <QMenuBar>

namespace courier {
namespace {

QWidget *asMenu(QObject *object)
{
    return qobject_cast<QMenu *>(object) || qobject_cast<QMenuBar *>(object) ? static_cast<QWidget *>(object) : nullptr;
}

// An action may be in more than one menu: the one that is open is meant, else the first.
QWidget *menuOf(const QAction &action)
{
    QWidget *first = nullptr;
    const QList<QObject *> places = action.associatedObjects();
    for (QObject *place : places) {
        QWidget *menu = asMenu(place);
        if (menu && menu->isVisible()) {
            return menu;
        }
        first = first ? first : menu;
    }
    return first;
}

QString withoutMnemonic(const QString &text)
{
    QString words;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'&' && ++i == text.size()) {
            break;
        }
        words += text.at(i);
    }
    return words;
}

// What stands behind a tabulator is the key.
QString nameOf(const QAction &action)
{
    QString name = withoutMnemonic(action.text().section(u'\t', 0, 0));
    while (name.endsWith(u'.') || name.endsWith(u'…') || name.endsWith(u' ')) {
        name.chop(1);
    }
    return name;
}

QString keyOf(const QAction &action)
{
    if (!action.shortcut().isEmpty()) {
        return action.shortcut().toString();
    }
    const QString key = action.text().section(u'\t', 1);
    return key.isEmpty() ? QKeySequence::mnemonic(action.text()).toString() : key;
}

/// An item of a menu or of the menu bar. But for its words it answers as Qt's own does, whose place it takes: the menus
/// ask for the interface of an action, and make their own only where there is none.
class MenuItem : public QAccessibleObject, public QAccessibleActionInterface
{
public:
    explicit MenuItem(QAction *action)
        : QAccessibleObject(action)
    {
    }

    bool isValid() const override { return action() && menu(); }
    QWindow *window() const override { return parent() ? parent()->window() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(menu()); }
    int childCount() const override { return action()->menu() ? 1 : 0; }
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    QRect rect() const override;
    QString text(QAccessible::Text text) const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString & /*name*/) const override { return {}; }

private:
    QAction *action() const { return static_cast<QAction *>(object()); }
    QWidget *menu() const { return menuOf(*action()); }
    bool isActive() const;
};

QAccessibleInterface *MenuItem::child(int index) const
{
    return index == 0 && action()->menu() ? QAccessible::queryAccessibleInterface(action()->menu()) : nullptr;
}

int MenuItem::indexOfChild(const QAccessibleInterface *child) const
{
    return child && action()->menu() && child->object() == action()->menu() ? 0 : -1;
}

QAccessible::Role MenuItem::role() const
{
    return action()->isSeparator() ? QAccessible::Separator : QAccessible::MenuItem;
}

bool MenuItem::isActive() const
{
    const auto *popup = qobject_cast<QMenu *>(menu());
    const auto *bar = qobject_cast<QMenuBar *>(menu());
    return (popup && popup->activeAction() == action()) || (bar && bar->activeAction() == action());
}

QAccessible::State MenuItem::state() const
{
    QAccessible::State state;
    const QWidget *place = menu();
    state.invisible = !place || !place->isVisible() || !action()->isVisible();
    state.disabled = action()->isSeparator() || !action()->isEnabled();
    state.focused = isActive();
    state.checkable = action()->isCheckable();
    state.checked = action()->isChecked();
    return state;
}

QRect MenuItem::rect() const
{
    const QWidget *place = menu();
    const auto *popup = qobject_cast<const QMenu *>(place);
    const auto *bar = qobject_cast<const QMenuBar *>(place);
    const QRect within = popup ? popup->actionGeometry(action()) : bar ? bar->actionGeometry(action()) : QRect();
    return place ? within.translated(place->mapToGlobal(QPoint(0, 0))) : within;
}

QString MenuItem::text(QAccessible::Text text) const
{
    switch (text) {
    case QAccessible::Name:
        return nameOf(*action());
    case QAccessible::Accelerator:
        return keyOf(*action());
    default:
        return {};
    }
}

void *MenuItem::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QStringList MenuItem::actionNames() const
{
    if (action()->isSeparator()) {
        return {};
    }
    return {action()->menu() ? showMenuAction() : pressAction()};
}

// A menu is opened where it hangs, so that its keys work; where it is open, it is closed.
void MenuItem::doAction(const QString &name)
{
    if (!action()->isEnabled()) {
        return;
    }
    QMenu *below = action()->menu();
    if (name == pressAction()) {
        action()->trigger();
    } else if (name == showMenuAction() && below && below->isVisible()) {
        below->hide();
    } else if (name == showMenuAction()) {
        if (auto *bar = qobject_cast<QMenuBar *>(menu())) {
            bar->setActiveAction(action());
        } else if (auto *popup = qobject_cast<QMenu *>(menu())) {
            popup->setActiveAction(action());
        }
    }
}

QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    auto *action = className == QLatin1String("QAction") ? qobject_cast<QAction *>(object) : nullptr;
    return action && menuOf(*action) ? new MenuItem(action) : nullptr;
}

} // namespace

void installMenuAccess()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace courier
