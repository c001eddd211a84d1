// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "bench/benchedwindow.h"

#include "bench/frames.h"
#include "gui/courierstyle.h"

#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <algorithm>
#include <cstdio>

namespace courier::bench {

BenchedWindow::BenchedWindow(const QString &directory, const IntakeOptions &intake)
    : m_settings(directory + QLatin1String("/window.ini"), QSettings::IniFormat)
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("bench")))
{
    auto opened = Desk::open(directory, m_clock);
    if (!opened) {
        fail(opened.error().message);
    }
    m_desk = std::move(*opened);
    m_database.setDatabaseName(m_desk->store().databasePath());
    m_database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
    if (!m_database.open()) {
        fail(m_database.lastError().text());
    }
    m_theme.setAppearance(Theme::Appearance::Light);
    CourierStyle::install(m_theme);
    m_desk->intake().setOptions(intake);
    m_window = std::make_unique<MainWindow>(*m_desk, m_theme, m_settings);
    m_window->resize(1280, 800); // whatever the screen is
    m_window->show();
    m_model = qobject_cast<AlertTableModel *>(table().model());
    m_navigation = m_window->findChild<QTreeView *>(QStringLiteral("navigation"));
    const QList<QLineEdit *> fields = m_window->findChildren<QLineEdit *>();
    for (QLineEdit *field : fields) {
        m_search = field->accessibleName() == QLatin1String("Search alerts") ? field : m_search;
    }
    if (!m_model || !m_navigation || !m_search) {
        fail(QStringLiteral("the window has changed: something to click at isn't found"));
    }
    m_window->activateWindow();
}

BenchedWindow::~BenchedWindow()
{
    m_role.reset();
    m_window.reset();
    m_desk.reset();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(QStringLiteral("bench"));
}

void BenchedWindow::send()
{
    m_role = std::make_unique<SenderRole>(*m_desk);
}

int BenchedWindow::rowAtBottom()
{
    const int row = table().rowAt(table().viewport()->height() - 1);
    return row < 0 ? m_model->rowCount() - 1 : row;
}

bool BenchedWindow::areRowsShown()
{
    const int last = rowAtBottom();
    for (int row = std::max(rowAtTop(), 0); row <= last; ++row) {
        if (m_model->index(row, AlertTableModel::AlertColumn).data().toString().isEmpty()) {
            return false;
        }
    }
    return true;
}

bool BenchedWindow::isListed(qint64 rows)
{
    return !m_model->isSearching() && m_model->rowCount() == rows && areRowsShown();
}

bool BenchedWindow::showsFirst(const QList<qint64> &ids)
{
    for (int row = 0; row < ids.size(); ++row) {
        if (courier::number(m_model->idAt(row)) != ids.at(row)) {
            return false;
        }
    }
    return rowAtTop() <= 0 && areRowsShown() &&
           (!ids.isEmpty() || (m_model->rowCount() == 0 && !m_model->isSearching()));
}

void BenchedWindow::click(NavigationModel::Kind kind)
{
    const auto *model = qobject_cast<const NavigationModel *>(m_navigation->model());
    QTest::mouseClick(m_navigation->viewport(), Qt::LeftButton, {},
                      m_navigation->visualRect(model->indexOf(kind)).center());
}

void BenchedWindow::clickHead(int column)
{
    QHeaderView *head = table().horizontalHeader();
    const QPoint at(head->sectionViewportPosition(column) + head->sectionSize(column) / 2, head->height() / 2);
    QTest::mouseClick(head->viewport(), Qt::LeftButton, {}, at);
}

void BenchedWindow::clickRow(int row)
{
    const QRect cell = table().visualRect(m_model->index(row, AlertTableModel::AlertColumn));
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, cell.center());
}

void BenchedWindow::clearSearch()
{
    m_search->setFocus();
    QTest::keyClick(m_search, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_search, Qt::Key_Delete);
}

void BenchedWindow::pasteSearch(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    m_search->setFocus();
    QTest::keyClick(m_search, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_search, Qt::Key_V, Qt::ControlModifier);
}

QString BenchedWindow::text(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql) || !query.next()) {
        fail(sql + QLatin1String(": ") + query.lastError().text());
    }
    return query.value(0).toString();
}

QList<qint64> BenchedWindow::numbers(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql)) {
        fail(sql + QLatin1String(": ") + query.lastError().text());
    }
    QList<qint64> all;
    while (query.next()) {
        all.append(query.value(0).toLongLong());
    }
    return all;
}

qint64 BenchedWindow::number(const QString &sql)
{
    return text(sql).toLongLong();
}

namespace {

void print(QJsonObject finding)
{
    const QByteArray line = QJsonDocument(finding).toJson(QJsonDocument::Compact);
    std::printf("%s\n", line.constData());
    std::fflush(stdout);
}

} // namespace

void tell(const char *what, const QList<double> &ms)
{
    QJsonArray list;
    for (const double each : ms) {
        list.append(each);
    }
    print({{QStringLiteral("what"), QString::fromUtf8(what)}, {QStringLiteral("ms"), list}});
}

void tell(const char *what, double value)
{
    print({{QStringLiteral("what"), QString::fromUtf8(what)}, {QStringLiteral("value"), value}});
}

} // namespace courier::bench
