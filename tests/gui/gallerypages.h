// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>

class QPushButton;
class QWidget;

namespace courier::gallery {

struct Page
{
    QString name;
    QWidget *widget; ///< owned by the caller
};

/// Shorthand for the many sample texts.
QString u(const char *text);
QPushButton *button(const char *text, const char *glyph = "", bool primary = false);

/// One window for each group of controls, filled with samples.
QList<Page> makePages();

} // namespace courier::gallery
