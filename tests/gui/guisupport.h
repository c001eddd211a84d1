// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/courierstyle.h"
#include "gui/elidedlabel.h"
#include "gui/theme.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPixmap>
#include <QTest>
#include <QTranslator>
#include <QWidget>

#include <functional>
#include <memory>

// What the tests of forms, dialogs and pages share.
namespace courier::test {

/// The program's own look for the whole test, and pictures of what is tested where COURIER_SHOTS names a directory.
class Look
{
public:
    Look()
    {
        QFont font(QStringLiteral("Noto Sans"));
        font.setPointSizeF(10);
        QApplication::setFont(font);
        CourierStyle::install(m_theme);
        m_theme.setAppearance(Theme::Appearance::Light);
    }

    /// NAME-light.png and NAME-dark.png of \a widget.
    void shoot(QWidget &widget, const QString &name)
    {
        const QString directory = qEnvironmentVariable("COURIER_SHOTS");
        if (directory.isEmpty()) {
            return;
        }
        QDir().mkpath(directory);
        for (const auto appearance : {Theme::Appearance::Light, Theme::Appearance::Dark}) {
            m_theme.setAppearance(appearance);
            QTest::qWait(60);
            const QString look = m_theme.isDark() ? QStringLiteral("-dark.png") : QStringLiteral("-light.png");
            widget.grab().save(QDir(directory).filePath(name + look));
        }
        m_theme.setAppearance(Theme::Appearance::Light);
        QTest::qWait(20);
    }

private:
    Theme m_theme;
};

/// A language half as long again as English; without a format of its own, so that numbers still find their places.
class LongLanguage : public QTranslator
{
public:
    LongLanguage() { QCoreApplication::installTranslator(this); }
    ~LongLanguage() override { QCoreApplication::removeTranslator(this); }
    bool isEmpty() const override { return false; }
    QString translate(const char * /*context*/, const char *source, const char * /*note*/, int /*n*/) const override
    {
        const QString text = QString::fromUtf8(source);
        QString longer = text;
        for (qsizetype more = text.size() / 2; more > 0; more -= longestWord) {
            longer += QLatin1Char(' ') + QString(std::min(more, longestWord), u'm');
        }
        return longer;
    }

private:
    static constexpr qsizetype longestWord = 16; // of m, the widest letter
};

/// The first shown thing below \a widget that a screen reader finds by this role and name; null where there is none.
inline QAccessibleInterface *reading(QWidget &widget, QAccessible::Role role, const QString &name)
{
    std::function<QAccessibleInterface *(QAccessibleInterface *)> visit =
        [&](QAccessibleInterface *at) -> QAccessibleInterface * {
        if (at == nullptr || at->state().invisible) {
            return nullptr;
        }
        if (at->role() == role && at->text(QAccessible::Name) == name) {
            return at;
        }
        for (int i = 0; i < at->childCount(); ++i) {
            if (QAccessibleInterface *found = visit(at->child(i))) {
                return found;
            }
        }
        return nullptr;
    };
    return visit(QAccessible::queryAccessibleInterface(&widget));
}

inline bool reads(QWidget &widget, QAccessible::Role role, const char *name)
{
    return reading(widget, role, QString::fromUtf8(name)) != nullptr;
}

/// The name of the label a screen reader finds for \a field: a combo box gives its choice as its own name.
inline QString labelOf(QWidget *field)
{
    const auto labels = QAccessible::queryAccessibleInterface(field)->relations(QAccessible::Label);
    return labels.isEmpty() ? QString() : labels.constFirst().first->text(QAccessible::Name);
}

/// What is shown cut off below \a widget: words that have less room than they need.
inline QStringList cutOff(const QWidget &widget)
{
    QStringList cut;
    const auto isCut = [](const QWidget *one) {
        const auto *label = qobject_cast<const QLabel *>(one);
        if (label != nullptr && label->wordWrap()) {
            return label->height() < label->heightForWidth(label->width());
        }
        return one->width() < one->minimumSizeHint().width() || one->height() < one->minimumSizeHint().height();
    };
    for (const QWidget *one : widget.findChildren<QWidget *>()) {
        const bool hasWords = qobject_cast<const QLabel *>(one) || qobject_cast<const QAbstractButton *>(one);
        if (!hasWords || !one->isVisible() || qobject_cast<const ElidedLabel *>(one)) {
            continue;
        }
        const auto *label = qobject_cast<const QLabel *>(one);
        const auto *button = qobject_cast<const QAbstractButton *>(one);
        const QString text = label ? label->text() : button->text();
        const bool isOutside = !one->parentWidget()->rect().contains(one->geometry());
        if (!text.isEmpty() && (isCut(one) || isOutside)) {
            cut.append(text);
        }
    }
    return cut;
}

} // namespace courier::test
