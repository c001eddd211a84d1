// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/importdialog.h"

#include "ui_importdialog.h"

#include "gui/fonts.h"
#include "models/words.h"

#include <QFileDialog>
#include <QFileInfo>

namespace courier {
namespace {

QString alertsWords(qint64 count)
{
    return count == 1 ? ImportDialog::tr("1 alert") : ImportDialog::tr("%1 alerts").arg(words::count(count));
}

} // namespace

ImportDialog::ImportDialog(Desk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::ImportDialog>())
{
    ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    setTextRole(ui->soFar, TextRole::Small, true);
    setTextRole(ui->badTitle, TextRole::Strong);
    setTextRole(ui->bad, TextRole::Mono);
    ui->close->setDefault(true);
    ui->outcome->hide();
    ui->bad->hide();
    ui->badTitle->hide();
    connect(ui->cancel, &QPushButton::clicked, this, [this] {
        if (m_job) {
            m_job->cancel();
        }
    });
    connect(ui->close, &QPushButton::clicked, this, &QDialog::accept);
    connect(ui->another, &QPushButton::clicked, this, &ImportDialog::chooseFile);
}

ImportDialog::~ImportDialog() = default;

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
    ui->bad->hide();
    ui->badTitle->hide();
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
    ui->progress->setVisible(running);
    ui->soFar->setVisible(running);
    ui->soFar->setText(tr("Reading..."));
    ui->cancel->setVisible(running);
    ui->close->setVisible(!running);
    ui->another->setVisible(!running);
    ui->progress->setRange(0, 0);
    (running ? ui->cancel : ui->close)->setFocus();
}

void ImportDialog::showProgress(const ImportJob::Progress &progress)
{
    constexpr int steps = 1000;
    QStringList parts{tr("%1 taken").arg(alertsWords(progress.taken))};
    if (progress.known > 0) {
        parts.append(tr("%1 known already").arg(words::count(progress.known)));
    }
    if (progress.refused > 0) {
        parts.append(tr("%1 refused").arg(words::count(progress.refused)));
    }
    if (progress.bytesTotal > 0) {
        ui->progress->setRange(0, steps);
        ui->progress->setValue(static_cast<int>(progress.bytesRead * steps / progress.bytesTotal));
        parts.append(tr("%1 of %2 read").arg(words::size(progress.bytesRead), words::size(progress.bytesTotal)));
    }
    ui->soFar->setText(parts.join(QLatin1String(", ")));
}

void ImportDialog::addRefused(const QList<ImportJob::BadEntry> &entries)
{
    QStringList lines;
    for (const ImportJob::BadEntry &entry : entries) {
        lines.append(
            QStringLiteral("%1:%2:%3: %4").arg(m_fileName).arg(entry.line).arg(entry.column).arg(entry.reason));
    }
    m_listed += entries.size();
    ui->bad->appendPlainText(lines.join(QLatin1Char('\n')));
    ui->bad->show();
    ui->badTitle->show();
}

void ImportDialog::showSummary(const ImportJob::Summary &summary)
{
    setRunning(false);
    const ImportJob::Progress &progress = summary.progress;
    QString sentence = tr("%1 taken.").arg(alertsWords(progress.taken));
    if (progress.known > 0) {
        sentence += QLatin1Char(' ') + tr("%1 were there already.").arg(words::count(progress.known));
    }
    if (progress.refused > 0) {
        sentence +=
            QLatin1Char(' ') + tr("%1 were refused; the reasons are below.").arg(words::count(progress.refused));
    }
    if (progress.refused > m_listed) {
        sentence += QLatin1Char(' ') + tr("The first %1 are listed.").arg(words::count(m_listed));
    }
    if (summary.error) {
        ui->outcome->setNotice(Strip::Kind::Failure, summary.error->message, sentence);
    } else if (summary.cancelled) {
        ui->outcome->setNotice(Strip::Kind::Warning, tr("Cancelled. What was taken stays."), sentence);
    } else {
        ui->outcome->setNotice(progress.refused > 0 ? Strip::Kind::Warning : Strip::Kind::Success, sentence);
    }
    ui->outcome->show();
}

} // namespace courier
