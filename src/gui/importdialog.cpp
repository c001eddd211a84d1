// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/importdialog.h"

#include "desk/desk.h"
#include "models/words.h"
#include "ui_importdialog.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

namespace courier {
namespace {

constexpr int progressSteps = 1000;

QString alertsWords(qint64 count)
{
    return count == 1 ? ImportDialog::tr("1 alert") : ImportDialog::tr("%1 alerts").arg(words::count(count));
}

QString knownWords(qint64 count)
{
    return count == 1 ? ImportDialog::tr("1 was there already")
                      : ImportDialog::tr("%1 were there already").arg(words::count(count));
}

QString refusedWords(qint64 count)
{
    return count == 1 ? ImportDialog::tr("1 was refused")
                      : ImportDialog::tr("%1 were refused").arg(words::count(count));
}

QString resolvedWords(qint64 count)
{
    return count == 1 ? ImportDialog::tr("1 is over") : ImportDialog::tr("%1 are over").arg(words::count(count));
}

QString skippedWords(qint64 count)
{
    return count == 1 ? ImportDialog::tr("1 event is no alert")
                      : ImportDialog::tr("%1 events are no alerts").arg(words::count(count));
}

// "Suricata EVE, 12 alerts taken, 3 were there already, 1 was refused"; our own format goes without saying.
QString countWords(const ImportJob::Progress &progress)
{
    QStringList parts{ImportDialog::tr("%1 taken").arg(alertsWords(progress.taken))};
    if (progress.format && progress.format != allFormats().first()) {
        parts.prepend(progress.format->title());
    }
    if (progress.known > 0) {
        parts.append(knownWords(progress.known));
    }
    if (progress.resolved > 0) {
        parts.append(resolvedWords(progress.resolved));
    }
    if (progress.skipped > 0) {
        parts.append(skippedWords(progress.skipped));
    }
    if (progress.refused > 0) {
        parts.append(refusedWords(progress.refused));
    }
    return parts.join(ImportDialog::tr(", "));
}

} // namespace

ImportDialog::ImportDialog(Desk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::ImportDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    ui->setupUi(this);
    ui->outcome->hide();
    ui->badPart->hide();
    connect(ui->cancel, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(ui->done, &QPushButton::clicked, this, &QDialog::accept);
    connect(ui->another, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    connect(ui->copy, &QPushButton::clicked, this, &ImportDialog::copyRefused);
    setRunning(false);
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::reject()
{
    if (m_isRunning) {
        m_job->cancel();
    } else {
        QDialog::reject();
    }
}

void ImportDialog::chooseFile()
{
    auto *dialog = new QFileDialog(isVisible() ? this : parentWidget(), tr("Import"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Alerts (*.json *.ndjson *.jsonl)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::importFile);
    connect(dialog, &QDialog::rejected, this, [this] {
        if (!isVisible()) {
            deleteLater();
        }
    });
    dialog->open();
}

void ImportDialog::importFile(const QString &path)
{
    m_fileName = QFileInfo(path).fileName();
    m_listed = 0;
    ui->header->setTitle(tr("Import %1").arg(m_fileName));
    ui->outcome->hide();
    ui->bad->clear();
    ui->badPart->hide();
    m_job = m_desk.importFile(path, tr("Import"));
    connect(m_job.get(), &ImportJob::progressed, this, &ImportDialog::showProgress);
    connect(m_job.get(), &ImportJob::refused, this, &ImportDialog::addRefused);
    connect(m_job.get(), &ImportJob::finished, this, &ImportDialog::showSummary);
    setRunning(true);
    show();
    m_job->start();
}

void ImportDialog::setRunning(bool running)
{
    m_isRunning = running;
    ui->progress->setVisible(running);
    ui->progress->setRange(0, 0);
    ui->soFar->setVisible(running);
    ui->soFar->setText(tr("Reading…"));
    ui->cancel->setVisible(running);
    ui->done->setVisible(!running);
    ui->another->setVisible(!running);
    ui->done->setDefault(!running);
    (running ? ui->cancel : ui->done)->setFocus();
}

void ImportDialog::showProgress(const ImportJob::Progress &progress)
{
    if (!m_isRunning) {
        return;
    }
    QString text = countWords(progress);
    if (progress.bytesTotal > 0) {
        ui->progress->setRange(0, progressSteps);
        ui->progress->setValue(static_cast<int>(progress.bytesRead * progressSteps / progress.bytesTotal));
        text = tr("%1; %2 of %3 read").arg(text, words::size(progress.bytesRead), words::size(progress.bytesTotal));
    }
    ui->soFar->setText(text);
}

void ImportDialog::addRefused(const QList<ImportJob::BadEntry> &entries)
{
    QStringList lines;
    for (const ImportJob::BadEntry &entry : entries) {
        lines.append(QStringLiteral("%1:%2:%3: %4")
                         .arg(m_fileName, QString::number(entry.line), QString::number(entry.column), entry.reason));
    }
    m_listed += entries.size();
    ui->bad->appendPlainText(lines.join(QLatin1Char('\n')));
    ui->badPart->show();
}

void ImportDialog::showSummary(const ImportJob::Summary &summary)
{
    setRunning(false);
    const QString counts = summaryWords(summary.progress);
    if (summary.error) {
        ui->outcome->setNotice(Strip::Kind::Failure, summary.error->message, counts);
    } else if (summary.cancelled) {
        ui->outcome->setNotice(Strip::Kind::Warning, tr("Cancelled. What was taken stays."), counts);
    } else {
        const bool isWhole = summary.progress.refused == 0;
        ui->outcome->setNotice(isWhole ? Strip::Kind::Success : Strip::Kind::Warning, counts);
    }
    ui->outcome->show();
}

QString ImportDialog::summaryWords(const ImportJob::Progress &progress) const
{
    const QString counts = tr("%1.").arg(countWords(progress));
    return progress.refused <= m_listed
               ? counts
               : tr("%1 The first %2 of the refused are listed.").arg(counts, words::count(m_listed));
}

void ImportDialog::copyRefused()
{
    QGuiApplication::clipboard()->setText(ui->bad->toPlainText() + QLatin1Char('\n'));
}

} // namespace courier
