// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "bench/benchtasks.h"
#include "models/deliverytreemodel.h"
#include "models/words.h"

#include <QLabel>
#include <QScrollBar>
#include <QTest>

#include <functional>

namespace courier::bench {
namespace {

constexpr int breath = 60; // ms between what an operator does

struct Question
{
    const char *typed;
    const char *condition; ///< over alert_status s
};

constexpr Question filters[] = {
    {"severity:critical", "s.severity = 4"},
    {"status:failed", "s.status = 4"},
    {"severity:critical,high status:failed", "s.severity IN (3, 4) AND s.status = 4"},
    {"severity:low status:delivered", "s.severity = 1 AND s.status = 3"},
    {"status:retrying", "s.status = 2"},
    {"severity:info,low,medium", "s.severity < 3"},
};

constexpr Question columns[] = {
    {"type:policy", "s.type = 2"},
    {"source:\"Prometheus 3\"", "s.alert_id IN (SELECT id FROM alert WHERE source COLLATE NOCASE = 'prometheus 3')"},
    {"dest:\"Receiver 1\"",
     "s.alert_id IN (SELECT d.alert_id FROM delivery d JOIN destination x ON x.id = d.destination_id WHERE x.name = "
     "'Receiver 1')"},
    {"type:policy severity:critical", "s.type = 2 AND s.severity = 4"},
};

// Each typed letter by letter. From words of one alert in a thousand to one that is in all of them.
constexpr const char *searches[] = {"certificate", "backup 17", "login rack-7", "zinba",       "quaver", "disk-0123",
                                    "threshold",   "dns",       "priver",       "host region", "unknown"};

qint64 countOf(BenchedWindow &window, const QString &condition)
{
    return window.number(QStringLiteral("SELECT count(*) FROM alert_status s WHERE ") + condition);
}

// The newest that match: more than there is room for.
QList<qint64> newestOf(BenchedWindow &window, const QString &condition)
{
    return window.numbers(
        QStringLiteral("SELECT s.alert_id FROM alert_status s WHERE %1 ORDER BY 1 DESC LIMIT 40").arg(condition));
}

QString matchOf(const QString &typed)
{
    QStringList terms;
    const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words) {
        terms.append(QStringLiteral("\"%1\" *").arg(word));
    }
    return QStringLiteral("s.alert_id IN (SELECT rowid FROM alert_words WHERE alert_words MATCH '%1')")
        .arg(terms.join(QLatin1Char(' ')));
}

class LookAround
{
public:
    LookAround(BenchedWindow &window, Probe &probe)
        : m_window(window)
        , m_probe(probe)
        , m_all(countOf(window, QStringLiteral("1")))
    {
    }

    void filterByNavigation();
    void filterBy(const Question &question);
    void filterByColumn(const Question &question);
    void type(const QString &words);
    void sort();
    void jump();
    void openDetails();

    QList<double> filters, columns, columnCounts, searches, searchCounts, letters, letterCounts, sorts, textSorts, ends,
        jumps, details;

private:
    double until(const char *what, const std::function<void()> &act, const std::function<bool()> &isThere)
    {
        const double ms = m_probe.time(what, act, isThere);
        Probe::rest(breath);
        return ms;
    }
    bool isSearched(const QString &text, qint64 rows)
    {
        return m_window.window().alertsPage().search() == text && m_window.isListed(rows);
    }

    void showAll();
    void search(const QString &text, const QString &condition, const std::function<void()> &act, QList<double> &first,
                QList<double> &whole);

    BenchedWindow &m_window;
    Probe &m_probe;
    qint64 m_all;
};

void LookAround::filterByNavigation()
{
    const qint64 day = words::startOfDay(SystemClock().nowUtc()) / 1000;
    const std::pair<NavigationModel::Kind, QString> views[] = {
        {NavigationModel::Kind::NeedsAttention, QStringLiteral("s.attention = 1")},
        {NavigationModel::Kind::Retrying, QStringLiteral("s.status = 2")},
        {NavigationModel::Kind::DeliveredToday, QStringLiteral("s.status = 3 AND s.settled_at >= %1").arg(day)},
        {NavigationModel::Kind::AllAlerts, QStringLiteral("1")}};
    for (const auto &[kind, condition] : views) {
        const qint64 rows = countOf(m_window, condition);
        filters.append(until(
            "a click in the navigation", [&, view = kind] { m_window.click(view); },
            [&] { return m_window.isListed(rows); }));
    }
}

void LookAround::showAll()
{
    filters.append(until("all again", [&] { m_window.clearSearch(); }, [&] { return isSearched(QString(), m_all); }));
}

// Until the right rows are seen, and until the list is whole and its count exact.
void LookAround::search(const QString &text, const QString &condition, const std::function<void()> &act,
                        QList<double> &first, QList<double> &whole)
{
    const QList<qint64> newest = newestOf(m_window, condition);
    const qint64 rows = countOf(m_window, condition);
    first.append(m_probe.time(qPrintable(text), act, [&] {
        return m_window.window().alertsPage().search() == text && m_window.showsFirst(newest);
    }));
    whole.append(m_probe.timeOn(qPrintable(text), [&] { return isSearched(text, rows); }));
    Probe::rest(breath);
}

void LookAround::filterBy(const Question &question)
{
    const QString text = QString::fromUtf8(question.typed);
    const qint64 rows = countOf(m_window, QString::fromUtf8(question.condition));
    filters.append(until(question.typed, [&] { m_window.pasteSearch(text); }, [&] { return isSearched(text, rows); }));
    showAll();
}

void LookAround::filterByColumn(const Question &question)
{
    const QString text = QString::fromUtf8(question.typed);
    search(text, QString::fromUtf8(question.condition), [&] { m_window.pasteSearch(text); }, columns, columnCounts);
    showAll();
}

void LookAround::type(const QString &words)
{
    for (qsizetype length = 1; length <= words.size(); ++length) {
        const QString text = words.first(length);
        const bool isLetter = length == 1 || text.at(length - 2) == QLatin1Char(' '); // waits for the next one
        search(
            text.trimmed(), matchOf(text), [&] { QTest::keyClicks(&m_window.search(), text.last(1)); },
            isLetter ? letters : searches, isLetter ? letterCounts : searchCounts);
    }
    showAll();
}

void LookAround::sort()
{
    constexpr int order[] = {AlertTableModel::SeverityColumn, AlertTableModel::SeverityColumn,
                             AlertTableModel::DeliveryColumn, AlertTableModel::DeliveryColumn,
                             AlertTableModel::AlertColumn,    AlertTableModel::AlertColumn,
                             AlertTableModel::SourceColumn,   AlertTableModel::SourceColumn,
                             AlertTableModel::TimeColumn,     AlertTableModel::TimeColumn};
    int before = m_window.model().sortColumn();
    for (const int column : order) {
        const Qt::SortOrder old = m_window.model().sortOrder();
        const QByteArray what = "a click on the head of column " + QByteArray::number(column);
        const double ms = until(
            what.constData(), [&] { m_window.clickHead(column); },
            [&] {
                const AlertTableModel &model = m_window.model();
                return model.sortColumn() == column && (column != before || model.sortOrder() != old) &&
                       m_window.isListed(m_all);
            });
        const bool isText = column == AlertTableModel::AlertColumn || column == AlertTableModel::SourceColumn;
        (isText && column != before ? textSorts : sorts).append(ms);
        before = column;
    }
    if (m_window.model().sortOrder() != Qt::DescendingOrder) {
        m_window.clickHead(AlertTableModel::TimeColumn);
    }
}

void LookAround::jump()
{
    QTableView &table = m_window.table();
    table.setFocus();
    const int last = m_window.model().rowCount() - 1;
    for (const auto &[key, row] : {std::pair(Qt::Key_End, last), std::pair(Qt::Key_Home, 0)}) {
        ends.append(until(
            "the last or the first row", [&, pressed = key] { QTest::keyClick(&table, pressed); },
            [&, wanted = row] {
                return table.currentIndex().row() == wanted && m_window.rowAtTop() <= wanted &&
                       m_window.rowAtBottom() >= wanted && m_window.areRowsShown();
            }));
    }
    QScrollBar *bar = table.verticalScrollBar();
    for (int i = 0; i < 4; ++i) {
        const int value = m_window.below(bar->maximum());
        jumps.append(until(
            "a place in the middle", [&] { bar->setValue(value); },
            [&] { return bar->value() == value && m_window.areRowsShown(); }));
    }
}

void LookAround::openDetails()
{
    QScrollBar *bar = m_window.table().verticalScrollBar();
    bar->setValue(m_window.below(bar->maximum()));
    Probe::await("rows", [&] { return m_window.areRowsShown(); });
    Probe::rest(breath);
    auto *tree = m_window.details().findChild<QTreeView *>(QStringLiteral("tree"));
    auto *model = qobject_cast<DeliveryTreeModel *>(tree->model());
    auto *title = m_window.details().findChild<QLabel *>(QStringLiteral("title"));
    for (int row = m_window.rowAtTop() + 1; row < m_window.rowAtTop() + 5; ++row) {
        const AlertId id = m_window.model().idAt(row);
        const QString of = QString::number(number(id));
        const QString headline = m_window.text(QStringLiteral("SELECT title FROM alert WHERE id = ") + of);
        const qint64 attempts = m_window.number(QStringLiteral("SELECT count(*) FROM attempt t JOIN delivery d ON "
                                                               "d.id = t.delivery_id WHERE d.alert_id = ") +
                                                of);
        const auto isThere = [&] {
            qint64 shown = 0;
            for (int at = 0; at < model->rowCount(); ++at) {
                shown += model->rowCount(model->index(at, 0));
            }
            return m_window.details().alert() == id && title->text() == headline && model->alert() == id &&
                   shown == attempts && m_window.details().canCopyAsCurl();
        };
        details.append(until("details", [&] { m_window.clickRow(row); }, isThere));
    }
}

} // namespace

void lookAround(BenchedWindow &window, Probe &probe, int rounds)
{
    LookAround look(window, probe);
    for (int round = 0; round < rounds; ++round) {
        look.filterByNavigation();
        for (const Question &question : filters) {
            look.filterBy(question);
        }
        for (const Question &question : columns) {
            look.filterByColumn(question);
        }
        for (int i = 0; i < 3; ++i) {
            look.type(QString::fromUtf8(searches[(round * 3 + i) % std::size(searches)]));
        }
        look.sort();
        for (int i = 0; i < 3; ++i) {
            look.jump();
            look.openDetails();
        }
        look.jump();
    }
    tell("filter", look.filters);
    tell("filter by type, source or destination: first rows", look.columns);
    tell("filter by type, source or destination: exact count", look.columnCounts);
    tell("search, each key: first rows", look.searches);
    tell("search, each key: exact count", look.searchCounts);
    tell("search for a single letter, after a pause: first rows", look.letters);
    tell("search for a single letter, after a pause: exact count", look.letterCounts);
    tell("sort", look.sorts);
    tell("sort by another text", look.textSorts);
    tell("jump to the end or the beginning", look.ends);
    tell("jump into the middle", look.jumps);
    tell("open details", look.details);
}

} // namespace courier::bench
