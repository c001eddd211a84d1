// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/watchedfilesmodel.h"

#include "intake/format.h"
#include "models/columnhead.h"
#include "models/roles.h"
#include "models/words.h"

#include <QDir>
#include <QFileInfo>

namespace courier {
namespace {

/// Short: the whole path is in the tool tip and in the editor.
QString nameOf(const WatchedFile &file)
{
    const QString name = QFileInfo(file.path).fileName();
    return file.pattern.isEmpty() ? name : name + QLatin1Char('/') + file.pattern;
}

QString placeOf(const WatchedFile &file)
{
    return file.pattern.isEmpty() ? file.path : QDir(file.path).filePath(file.pattern);
}

QString formatWords(const WatchedFile &file)
{
    const Format *format = formatById(file.formatId);
    return file.formatId.isEmpty() || !format ? WatchedFilesModel::tr("By its first record") : format->title();
}

QString glyphOf(WatchState::Kind kind)
{
    switch (kind) {
    case WatchState::Kind::Following:
        return QStringLiteral("st-delivered");
    case WatchState::Kind::Failing:
        return QStringLiteral("st-failed");
    case WatchState::Kind::Waiting:
        return QStringLiteral("st-queued");
    case WatchState::Kind::Off:
        break;
    }
    return QStringLiteral("st-held");
}

QString colorOf(WatchState::Kind kind)
{
    switch (kind) {
    case WatchState::Kind::Following:
        return QStringLiteral("delivered");
    case WatchState::Kind::Failing:
        return QStringLiteral("failed");
    case WatchState::Kind::Waiting:
        return QStringLiteral("queued");
    case WatchState::Kind::Off:
        break;
    }
    return QStringLiteral("held");
}

} // namespace

void WatchedFilesModel::setFiles(const QList<WatchedFile> &files)
{
    beginResetModel();
    m_files = files;
    endResetModel();
}

void WatchedFilesModel::append(const WatchedFile &file)
{
    const int row = static_cast<int>(m_files.size());
    beginInsertRows({}, row, row);
    m_files.append(file);
    endInsertRows();
}

void WatchedFilesModel::replace(int row, const WatchedFile &file)
{
    m_files[row] = file;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void WatchedFilesModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_files.removeAt(row);
    endRemoveRows();
}

void WatchedFilesModel::setStates(const QList<WatchState> &states)
{
    m_states.clear();
    for (const WatchState &state : states) {
        m_states.insert(state.id, state);
    }
    if (!m_files.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int WatchedFilesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_files.size());
}

int WatchedFilesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<WatchState> WatchedFilesModel::stateOf(const WatchedFile &file) const
{
    const auto found = m_states.constFind(file.id);
    return found == m_states.cend() ? std::nullopt : std::optional(*found);
}

QString WatchedFilesModel::stateWords(const WatchedFile &file) const
{
    const std::optional<WatchState> state = stateOf(file);
    if (!file.enabled) {
        return tr("Off");
    }
    if (!state || state->kind == WatchState::Kind::Off) {
        return tr("Not yet watched");
    }
    switch (state->kind) {
    case WatchState::Kind::Failing:
        return state->problem;
    case WatchState::Kind::Waiting:
        return tr("Waits for the file");
    case WatchState::Kind::Following:
    case WatchState::Kind::Off:
        break;
    }
    return state->files > 1 ? tr("Follows %1 files").arg(words::count(state->files)) : tr("Follows it");
}

QString WatchedFilesModel::text(const WatchedFile &file, int column) const
{
    const std::optional<WatchState> state = stateOf(file);
    switch (column) {
    case FileColumn:
        return nameOf(file);
    case FormatColumn:
        return formatWords(file);
    case StateColumn:
        return stateWords(file);
    case TakenColumn:
        return !state ? QString()
                      : tr("%1 (%2/s)").arg(words::count(state->taken), QString::number(state->perSecond, 'f', 1));
    case BadColumn:
        return state ? state->lastBadLine : QString();
    default:
        return {};
    }
}

QString WatchedFilesModel::toolTip(const WatchedFile &file, int column) const
{
    const std::optional<WatchState> state = stateOf(file);
    if (column == TakenColumn && state) {
        return tr("%1 taken, %2 there already, %3 are no alerts, %4 refused; %5 bytes still to be read")
            .arg(words::count(state->taken), words::count(state->known), words::count(state->skipped),
                 words::count(state->refused), words::count(state->unread));
    }
    return column == FileColumn ? placeOf(file) : text(file, column);
}

QVariant WatchedFilesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_files.size()) {
        return {};
    }
    const WatchedFile &file = m_files.at(index.row());
    const std::optional<WatchState> state = stateOf(file);
    const WatchState::Kind kind = file.enabled && state ? state->kind : WatchState::Kind::Off;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(file, index.column());
    case Qt::ToolTipRole:
        return toolTip(file, index.column());
    case GlyphRole:
        return index.column() == StateColumn ? glyphOf(kind) : QString();
    case ColorKeyRole:
        return index.column() == StateColumn ? colorOf(kind) : QString();
    default:
        return {};
    }
}

QVariant WatchedFilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return headCell({{tr("File")}, {tr("Format")}, {tr("State")}, {tr("Taken")}, {tr("Last bad line")}}, section,
                    orientation, role);
}

} // namespace courier
