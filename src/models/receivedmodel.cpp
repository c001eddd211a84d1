// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/receivedmodel.h"

#include "models/columnhead.h"
#include "models/marks.h"
#include "models/roles.h"
#include "models/words.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace courier {
namespace {

constexpr qsizetype readAtMost = 256 * 1024; // bytes of a body, for its title
constexpr qsizetype longestTitle = 1000;

QString answerWords(int status)
{
    switch (status) {
    case 0:
        return ReceivedModel::tr("No answer");
    case 200:
        return QStringLiteral("200 OK");
    case 401:
        return QStringLiteral("401 Unauthorized");
    case 500:
        return QStringLiteral("500 Internal Server Error");
    default:
        return QString::number(status);
    }
}

AlertStatus answerStatus(int status)
{
    if (status == 0) {
        return AlertStatus::NoDestination;
    }
    return status >= 200 && status < 300 ? AlertStatus::Delivered : AlertStatus::Failed;
}

} // namespace

ReceivedModel::ReceivedModel(const EchoReceiver &receiver, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_receiver(receiver)
    , m_clock(clock)
{
    for (const ReceivedRequest &request : m_receiver.requests()) {
        m_rows.append(rowOf(request));
    }
    connect(&m_receiver, &EchoReceiver::received, this, &ReceivedModel::add);
    connect(&m_receiver, &EchoReceiver::cleared, this, [this] {
        beginResetModel();
        m_rows.clear();
        endResetModel();
    });
}

ReceivedModel::Row ReceivedModel::rowOf(const ReceivedRequest &request)
{
    Row row{request, {}, {}};
    if (request.body.size() <= readAtMost) {
        const QJsonObject alert = QJsonDocument::fromJson(request.body).object();
        row.title = alert.value(QLatin1String("title")).toString().left(longestTitle).simplified();
        row.severity = severityFromWire(alert.value(QLatin1String("severity")).toString());
    }
    if (row.title.isEmpty()) {
        row.title = QString::fromUtf8(request.method + ' ' + request.target).simplified();
    }
    return row;
}

void ReceivedModel::add(const ReceivedRequest &request)
{
    beginInsertRows({}, 0, 0);
    m_rows.append(rowOf(request));
    endInsertRows();
    const int tooMany = rowCount() - static_cast<int>(m_receiver.requests().size()); // it forgets the oldest
    if (tooMany > 0) {
        beginRemoveRows({}, rowCount() - tooMany, rowCount() - 1);
        m_rows.remove(0, tooMany);
        endRemoveRows();
    }
}

const ReceivedRequest *ReceivedModel::request(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows.at(m_rows.size() - 1 - row).request : nullptr;
}

int ReceivedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReceivedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ReceivedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return headCell({{tr("Received")}, {tr("Alert")}, {tr("Answered")}}, section, orientation, role);
}

QVariant ReceivedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row &row = m_rows.at(m_rows.size() - 1 - index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == ReceivedColumn ? words::exactTime(row.request.at) : QString();
    default:
        return mark(row, index.column(), role);
    }
}

QString ReceivedModel::text(const Row &row, int column) const
{
    switch (column) {
    case ReceivedColumn:
        return words::clockTime(row.request.at, m_clock.nowUtc());
    case AlertColumn:
        return row.title;
    default:
        return answerWords(row.request.status);
    }
}

QVariant ReceivedModel::mark(const Row &row, int column, int role)
{
    const bool isKey = role == ColorKeyRole;
    if (role != GlyphRole && !isKey) {
        return {};
    }
    if (column == AlertColumn && row.severity) {
        return isKey ? severityColorKey(*row.severity) : severityGlyph(*row.severity);
    }
    if (column == AnsweredColumn) {
        const AlertStatus status = answerStatus(row.request.status);
        return isKey ? statusColorKey(status) : statusGlyph(status);
    }
    return {};
}

} // namespace courier
