// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "desk/importjob.h"

#include <QDialog>

#include <memory>

namespace courier {

namespace Ui {
class ImportDialog;
}

/// Reads a file of alerts in: how far it is, what was refused and why, and what came of it. Not modal: the window stays
/// of use. Deletes itself when it is closed, which cancels what runs.
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

private:
    void showProgress(const ImportJob::Progress &progress);
    void addRefused(const QList<ImportJob::BadEntry> &entries);
    void showSummary(const ImportJob::Summary &summary);
    void setRunning(bool running);

    Desk &m_desk;
    std::unique_ptr<Ui::ImportDialog> ui;
    std::unique_ptr<ImportJob> m_job;
    QString m_fileName;
    qint64 m_listed = 0;
};

} // namespace courier
