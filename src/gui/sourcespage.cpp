// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/sourcespage.h"

#include "desk/desk.h"
#include "desk/watchedfiles.h"
#include "gui/fieldmessage.h"
#include "gui/viewsetup.h"
#include "intake/format.h"
#include "models/watchedfilesmodel.h"
#include "store/whendone.h"
#include "ui_sourcespage.h"

#include <QFileDialog>
#include <QScopedValueRollback>

namespace courier {

SourcesPage::SourcesPage(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::SourcesPage>())
    , m_model(new WatchedFilesModel(this))
{
    ui->setupUi(this);
    ui->pathMessage->setField(ui->path);
    ui->format->addItem(tr("By its first record"), QString());
    for (const Format *format : allFormats()) {
        ui->format->addItem(format->title(), format->id());
    }
    setUpTable();
    connect(ui->addFile, &QPushButton::clicked, this, [this] { choose(false); });
    connect(ui->addFolder, &QPushButton::clicked, this, [this] { choose(true); });
    connect(ui->remove, &QPushButton::clicked, this, &SourcesPage::removeChosen);
    connect(ui->path, &QLineEdit::textChanged, this, &SourcesPage::takeEdits);
    connect(ui->pattern, &QLineEdit::textChanged, this, &SourcesPage::takeEdits);
    connect(ui->format, &QComboBox::currentIndexChanged, this, &SourcesPage::takeEdits);
    connect(ui->fromStart, &QCheckBox::toggled, this, &SourcesPage::takeEdits);
    connect(ui->enabled, &QCheckBox::toggled, this, &SourcesPage::takeEdits);
    showChosen();
}

SourcesPage::~SourcesPage() = default;

void SourcesPage::setUpTable()
{
    ui->table->setModel(m_model);
    prepareTable(ui->table);
    ui->table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto *header = ui->table->horizontalHeader();
    header->setSectionResizeMode(WatchedFilesModel::FileColumn, QHeaderView::Stretch);
    header->resizeSection(WatchedFilesModel::FormatColumn, 128);
    header->resizeSection(WatchedFilesModel::StateColumn, 128);
    header->resizeSection(WatchedFilesModel::TakenColumn, 88);
    header->resizeSection(WatchedFilesModel::BadColumn, 112);
    connect(ui->table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SourcesPage::showChosen);
}

void SourcesPage::follow(Desk &desk)
{
    m_desk = &desk;
    WatchedFiles &watched = desk.watchedFiles();
    connect(&watched, &WatchedFiles::stateChanged, this, &SourcesPage::showStates);
    connect(&watched, &WatchedFiles::statesReplaced, this, &SourcesPage::showStates);
    load();
}

void SourcesPage::load()
{
    whenDone(this, m_desk->store().read([](Queries &queries) { return queries.setting(sourcesKey()); }),
             [this](const std::optional<QString> &json) {
                 const auto files = watchedFilesFromJson(json.value_or(QStringLiteral("[]")).toUtf8());
                 m_stored = files.value_or(QList<WatchedFile>());
                 m_model->setFiles(m_stored);
                 ui->table->selectRow(0);
                 showStates();
                 showChosen();
             });
}

bool SourcesPage::validate()
{
    const QList<WatchedFile> &files = m_model->files();
    for (int row = 0; row < files.size(); ++row) {
        if (const QString fault = watchFault(files.at(row)); !fault.isEmpty()) {
            ui->table->selectRow(row);
            ui->pathMessage->showError(fault);
            ui->path->setFocus();
            return false;
        }
    }
    return true;
}

SourcesPage::Changes SourcesPage::changes() const
{
    if (m_model->files() == m_stored) {
        return {};
    }
    return {{sourcesKey(), QString::fromUtf8(toJson(m_model->files()))}};
}

void SourcesPage::choose(bool folder)
{
    auto *dialog = new QFileDialog(this, folder ? tr("Add Folder") : tr("Add File"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, folder](const QString &path) { add(path, folder ? QStringLiteral("*.json") : QString()); });
    dialog->open();
}

void SourcesPage::add(const QString &path, const QString &pattern)
{
    WatchedFile file;
    file.id = newWatchId(m_model->files(), m_desk->clock().nowUtc());
    file.path = path;
    file.pattern = pattern;
    m_model->append(file);
    ui->table->selectRow(m_model->rowCount() - 1);
    Q_EMIT edited();
}

void SourcesPage::removeChosen()
{
    const int row = chosenRow();
    if (row < 0) {
        return;
    }
    m_model->remove(row);
    ui->table->selectRow(std::min(row, m_model->rowCount() - 1));
    showChosen();
    Q_EMIT edited();
}

void SourcesPage::showChosen()
{
    const QScopedValueRollback showing(m_showing, true);
    const int row = chosenRow();
    const WatchedFile file = row < 0 ? WatchedFile() : m_model->files().at(row);
    ui->editor->setEnabled(row >= 0);
    ui->remove->setEnabled(row >= 0);
    ui->path->setText(file.path);
    ui->pattern->setText(file.pattern);
    ui->format->setCurrentIndex(std::max(0, ui->format->findData(file.formatId)));
    ui->fromStart->setChecked(file.fromStart);
    ui->enabled->setChecked(file.enabled && row >= 0);
    ui->pathMessage->clear();
}

void SourcesPage::takeEdits()
{
    const int row = chosenRow();
    if (m_showing || row < 0) {
        return;
    }
    WatchedFile file = m_model->files().at(row);
    file.path = ui->path->text().trimmed();
    file.pattern = ui->pattern->text().trimmed();
    file.formatId = ui->format->currentData().toString();
    file.fromStart = ui->fromStart->isChecked();
    file.enabled = ui->enabled->isChecked();
    ui->pathMessage->clear();
    m_model->replace(row, file);
    Q_EMIT edited();
}

void SourcesPage::showStates()
{
    m_model->setStates(m_desk->watchedFiles().states());
}

int SourcesPage::chosenRow() const
{
    const QModelIndexList rows = ui->table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.constFirst().row();
}

} // namespace courier
