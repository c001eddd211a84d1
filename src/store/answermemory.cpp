// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/answermemory.h"

#include "store/responseshape.h"

#include <algorithm>

namespace courier {
namespace {

constexpr qsizetype rememberedDestinations = 256;
constexpr qsizetype rememberedAnswers = 8; ///< of each
constexpr qsizetype mostHeaders = 4096;    ///< longer ones stay with their attempt
constexpr qsizetype mostBody = 4096;

} // namespace

// Where the body is another one each time, at least the headers are kept once: as those of an answer without one.
AnswerMemory::Columns AnswerMemory::columnsFor(Connection &connection, DestinationId destination, const Columns &given)
{
    std::optional<Columns> columns;
    if (!given.headers.isEmpty() && given.headers.size() <= mostHeaders) {
        Answers &answers = answersOf(connection, destination);
        if (given.body.size() <= mostBody) {
            columns = columnsAs(connection, destination, answers, {0, given.request, given.headers, given.body});
        }
        if (!columns && !given.body.isEmpty()) {
            columns = columnsAs(connection, destination, answers, {0, given.request, given.headers, {}});
            if (columns) {
                columns->body = given.body;
            }
        }
    }
    return columns.value_or(given);
}

// Nothing where no such answer is remembered; by now it is.
std::optional<AnswerMemory::Columns> AnswerMemory::columnsAs(Connection &connection, DestinationId destination,
                                                             Answers &answers, const Answer &given)
{
    QList<Answer> &list = answers.list;
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (list.at(i).request != given.request || list.at(i).body != given.body) {
            continue;
        }
        if (const auto differences = responseshape::differences(list.at(i).headers, given.headers)) {
            list.move(i, 0);
            Answer &known = list.first();
            if (known.shape == 0) {
                known.shape = connection.number(
                    QStringLiteral("INSERT INTO response_shape(destination_id, request_id, headers, body) "
                                   "VALUES(?, ?, ?, ?) RETURNING id"),
                    destination, known.request, known.headers, known.body);
            }
            return Columns{{}, known.shape, *differences, {}};
        }
    }
    list.prepend(given);
    list.resize(std::min(list.size(), rememberedAnswers));
    return {};
}

AnswerMemory::Answers &AnswerMemory::answersOf(Connection &connection, DestinationId destination)
{
    if (m_answers.size() >= rememberedDestinations && !m_answers.contains(destination)) {
        m_answers.clear();
    }
    Answers &answers = m_answers[destination];
    if (!answers.isRead) {
        answers.isRead = true;
        Statement &rows = connection.prepared(QStringLiteral(
            "SELECT id, request_id, headers, body FROM response_shape WHERE destination_id = ? ORDER BY id "
            "DESC LIMIT ?"));
        rows.run(destination, rememberedAnswers);
        QList<Answer> stored;
        while (rows.next()) {
            const auto request = rows.isNull(1) ? std::nullopt : std::optional(rows.integer(1));
            stored.append({rows.integer(0), request, rows.bytes(2), rows.bytes(3)});
        }
        answers.list = stored + answers.list;
        answers.list.resize(std::min(answers.list.size(), rememberedAnswers));
    }
    return answers;
}

void AnswerMemory::forgetShapes()
{
    for (Answers &answers : m_answers) {
        answers.list.removeIf([](const Answer &one) { return one.shape != 0; });
        answers.isRead = false;
    }
}

} // namespace courier
