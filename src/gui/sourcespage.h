// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/watchedfile.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <utility>

namespace courier {

class Desk;
class WatchedFilesModel;

namespace Ui {
class SourcesPage;
}

/// The watched files: which, in what format, and how each does. The chosen one is edited below the list. GUI thread.
class SourcesPage : public QWidget
{
    Q_OBJECT

public:
    using Changes = QList<std::pair<QString, QString>>; ///< settings' keys and values

    explicit SourcesPage(QWidget *parent = nullptr);
    ~SourcesPage() override;

    /// Reads the list and shows how its files do, as long as both live.
    void follow(Desk &desk);
    /// Says what is wrong at its field; the faulty file is chosen.
    bool validate();
    Changes changes() const;

Q_SIGNALS:
    void edited();

private:
    void setUpTable();
    void load();
    void choose(bool folder);
    void add(const QString &path, const QString &pattern);
    void removeChosen();
    void showChosen();
    void takeEdits();
    void showStates();
    int chosenRow() const;

    std::unique_ptr<Ui::SourcesPage> ui;
    WatchedFilesModel *m_model; ///< child
    Desk *m_desk = nullptr;
    QList<WatchedFile> m_stored;
    bool m_showing = false; ///< the fields change by themselves
};

} // namespace courier
