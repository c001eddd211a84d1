// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/severitypage.h"

#include "desk/severitytables.h"
#include "gui/fieldmessage.h"
#include "intake/format.h"
#include "ui_severitypage.h"

namespace courier {

SeverityPage::SeverityPage(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::SeverityPage>())
{
    ui->setupUi(this);
    ui->message->setField(ui->table);
    fillWithSeverities(*ui->otherwise);
    for (const Format *format : allFormats()) {
        if (!format->defaultSeverities().isEmpty()) {
            m_formats.append(format);
            ui->format->addItem(format->title());
        }
    }
    connect(ui->format, &QComboBox::currentIndexChanged, this, &SeverityPage::onFormatChosen);
    connect(ui->add, &QPushButton::clicked, ui->table, &SeverityTable::addEntry);
    connect(ui->remove, &QPushButton::clicked, ui->table, &SeverityTable::removeCurrent);
    connect(ui->restore, &QPushButton::clicked, this, &SeverityPage::restoreDefaults);
    connect(ui->table, &SeverityTable::edited, this, &SeverityPage::onEdited);
    connect(ui->otherwise, &QComboBox::activated, this, &SeverityPage::onEdited);
    show(0);
}

SeverityPage::~SeverityPage() = default;

void SeverityPage::setValue(const SeverityMaps &maps)
{
    m_stored = maps;
    m_maps = maps;
    show(std::max(0, ui->format->currentIndex()));
}

bool SeverityPage::validate()
{
    return keepShown();
}

SeverityPage::Changes SeverityPage::changes() const
{
    Changes changes;
    for (const Format *format : m_formats) {
        const SeverityMap stored = m_stored.value(format->id(), format->defaultSeverities());
        if (mapOf(format) != stored) {
            changes.append({severitiesKey(format->id()), QString::fromUtf8(mapOf(format).toJson())});
        }
    }
    return changes;
}

SeverityMap SeverityPage::mapOf(const Format *format) const
{
    return m_maps.value(format->id(), format->defaultSeverities());
}

// False where a word is none: the table stays as it is, with what is wrong below it.
bool SeverityPage::keepShown()
{
    SeverityMap map;
    map.setOtherwise(severityIn(*ui->otherwise));
    const auto entries = ui->table->entries();
    for (const auto &[word, severity] : entries) {
        if (const Result<void> set = map.set(word, severity); !set) {
            ui->message->showError(set.error().message);
            ui->table->choose(word);
            ui->table->setFocus();
            return false;
        }
    }
    ui->message->clear();
    m_maps.insert(m_formats.at(m_shown)->id(), map);
    return true;
}

void SeverityPage::show(int index)
{
    m_shown = index;
    const SeverityMap map = mapOf(m_formats.at(index));
    QList<SeverityTable::Row> rows;
    const auto entries = map.entries();
    for (const SeverityMap::Entry &entry : entries) {
        rows.append({entry.key, entry.severity});
    }
    ui->table->setEntries(rows);
    setSeverityIn(*ui->otherwise, map.otherwise());
    ui->message->clear();
    ui->restore->setEnabled(map != m_formats.at(index)->defaultSeverities());
}

void SeverityPage::onFormatChosen(int index)
{
    if (index == m_shown) {
        return;
    }
    if (keepShown()) {
        show(index);
    } else {
        ui->format->setCurrentIndex(m_shown);
    }
}

void SeverityPage::restoreDefaults()
{
    const Format *format = m_formats.at(m_shown);
    m_maps.insert(format->id(), format->defaultSeverities());
    show(m_shown);
    Q_EMIT edited();
}

void SeverityPage::onEdited()
{
    ui->message->clear();
    ui->restore->setEnabled(true);
    Q_EMIT edited();
}

} // namespace courier
