// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gallerypages.h"

#include "gui/courierstyle.h"
#include "gui/theme.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QWidget>

#include <memory>

namespace {

using courier::Theme;

bool shoot(Theme &theme, const QDir &directory)
{
    const auto pages = courier::gallery::makePages();
    bool ok = true;
    for (const auto appearance : {Theme::Appearance::Light, Theme::Appearance::Dark}) {
        theme.setAppearance(appearance);
        for (const auto &page : pages) {
            page.widget->show();
            QApplication::processEvents();
            const QString file =
                page.name + (theme.isDark() ? QStringLiteral("-dark.png") : QStringLiteral("-light.png"));
            ok = page.widget->grab().save(directory.filePath(file)) && ok;
            page.widget->hide();
        }
    }
    for (const auto &page : pages) {
        delete page.widget;
    }
    return ok;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (qEnvironmentVariableIsSet("COURIER_FONT")) {
        QApplication::setFont(QFont(qEnvironmentVariable("COURIER_FONT"), 10));
    }
    Theme theme;
    courier::CourierStyle::install(theme);
    const QString shots = qEnvironmentVariable("COURIER_SHOTS");
    if (!shots.isEmpty()) {
        QDir().mkpath(shots);
        return shoot(theme, QDir(shots)) ? 0 : 1;
    }
    theme.setAppearance(qEnvironmentVariableIsSet("COURIER_DARK") ? Theme::Appearance::Dark
                                                                  : Theme::Appearance::System);
    const auto pages = courier::gallery::makePages();
    for (const auto &page : pages) {
        page.widget->show();
    }
    const int result = QApplication::exec();
    for (const auto &page : pages) {
        delete page.widget;
    }
    return result;
}
