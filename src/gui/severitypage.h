// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/httpbodies.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <utility>

namespace courier {

class Format;

namespace Ui {
class SeverityPage;
}

/// The tables from each source's words and levels to the five severities. GUI thread.
class SeverityPage : public QWidget
{
    Q_OBJECT

public:
    using Changes = QList<std::pair<QString, QString>>; ///< settings' keys and values

    explicit SeverityPage(QWidget *parent = nullptr);
    ~SeverityPage() override;

    /// The tables that differ from the formats' own.
    void setValue(const SeverityMaps &maps);
    /// Says what is wrong below the table; the faulty word is chosen.
    bool validate();
    Changes changes() const;

Q_SIGNALS:
    void edited();

private:
    bool keepShown();
    void show(int index);
    void onFormatChosen(int index);
    void restoreDefaults();
    void onEdited();
    SeverityMap mapOf(const Format *format) const;

    std::unique_ptr<Ui::SeverityPage> ui;
    QList<const Format *> m_formats; ///< those with a table
    SeverityMaps m_stored;
    SeverityMaps m_maps;
    int m_shown = -1;
};

} // namespace courier
