// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace courier::gallery {

struct Page
{
    QString name;
    QWidget *widget; ///< owned by the caller
};

/// One window for each group of controls, filled with samples.
QList<Page> makePages();

} // namespace courier::gallery
