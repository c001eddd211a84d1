// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/testattemptsmodel.h"

#include "models/columnhead.h"
#include "models/deliverysummary.h"
#include "models/marks.h"
#include "models/roles.h"
#include "models/words.h"
#include "store/whendone.h"

namespace courier {
namespace {

qint64 keyOf(const Attempt &attempt)
{
    return number(attempt.id);
}

} // namespace

TestAttemptsModel::TestAttemptsModel(Store &store, const Clock &clock, QObject *parent)
    : RowListModel(parent)
    , m_store(store)
    , m_clock(clock)
{
    connect(&m_store, &Store::changed, this, [this](const StoreChanges &changes) {
        if (changes.destinations || changes.reload) { // a test changes its destination's state
            refresh();
        }
    });
}

void TestAttemptsModel::setDestination(DestinationId id)
{
    if (id != m_destination) {
        m_destination = id;
        setRows({}, keyOf);
        refresh();
    }
}

void TestAttemptsModel::refresh()
{
    ++m_ticket;
    if (m_destination == DestinationId{}) {
        return;
    }
    const auto query = [id = m_destination](Queries &queries) { return queries.testAttempts(id); };
    whenDone(this, m_store.read(query), [this, ticket = m_ticket](const QList<Attempt> &attempts) {
        if (ticket == m_ticket) {
            setRows(attempts, keyOf);
            Q_EMIT loaded();
        }
    });
}

const Attempt *TestAttemptsModel::attempt(int row) const
{
    return row >= 0 && row < rowCount() ? &rows().at(row) : nullptr;
}

int TestAttemptsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant TestAttemptsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return headCell({{tr("When")}, {tr("Result")}, {tr("Took"), true}}, section, orientation, role);
}

QVariant TestAttemptsModel::data(const QModelIndex &index, int role) const
{
    const Attempt *found = index.isValid() ? attempt(index.row()) : nullptr;
    if (!found) {
        return {};
    }
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return column == WhenColumn     ? words::clockTime(found->startedAt, m_clock.nowUtc())
               : column == ResultColumn ? found->reason.simplified()
                                        : attemptDuration(*found);
    case Qt::ToolTipRole:
        return column == WhenColumn ? words::exactTime(found->startedAt) : QString();
    case Qt::TextAlignmentRole:
        return column == TookColumn ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case GlyphRole:
        return column == ResultColumn ? QVariant(outcomeGlyph(found->outcome)) : QVariant();
    case ColorKeyRole:
        return column == ResultColumn ? QVariant(outcomeColorKey(found->outcome)) : QVariant();
    case MutedRole:
        return column == WhenColumn;
    case IdRole:
        return keyOf(*found);
    default:
        return {};
    }
}

} // namespace courier
