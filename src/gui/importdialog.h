// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/importjob.h"

#include <QDialog>

#include <memory>

namespace courier {

class Desk;

namespace Ui {
class ImportDialog;
}

/// Reads a file of alerts in: how far it is, what was refused and why, and what came of it. Not modal: the window stays
/// of use. Esc and closing stop what runs first, and show what came of it. Deletes itself when it is closed. GUI
/// thread.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a desk outlives the dialog.
    explicit ImportDialog(Desk &desk, QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// Asks for a file first.
    void chooseFile();
    void importFile(const QString &path);
    bool isRunning() const { return m_isRunning; }

public Q_SLOTS:
    void reject() override;

private:
    void showProgress(const ImportJob::Progress &progress);
    void addRefused(const QList<ImportJob::BadEntry> &entries);
    void showSummary(const ImportJob::Summary &summary);
    QString summaryWords(const ImportJob::Progress &progress) const;
    void setRunning(bool running);
    void copyRefused();

    Desk &m_desk;
    std::unique_ptr<Ui::ImportDialog> ui;
    std::unique_ptr<ImportJob> m_job;
    QString m_fileName;
    qint64 m_listed = 0; ///< refused entries that are shown
    bool m_isRunning = false;
};

} // namespace courier
