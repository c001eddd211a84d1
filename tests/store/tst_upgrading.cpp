// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "databasefile.h"
#include "store/schema.h"
#include "storefixture.h"

#include <QFileInfo>

using namespace courier;
using namespace courier::test;

/// Older databases are brought up to date, after a copy was made.
class UpgradingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upgradesACopyFirst();
    void takesBackAnUpgradeThatFails();
};

void UpgradingTest::upgradesACopyFirst()
{
    Fixture fixture;
    fixture.accept(Fixture::alert(QStringLiteral("old")));
    const StoreKey key = fixture.store().key();
    fixture.close();
    QList<schema::Migration> steps = schema::migrations();
    const int version = steps.last().version;
    steps.append({version + 1, QStringLiteral("CREATE TABLE later(a TEXT DEFAULT 'x;y');\n\n-- a remark\n"
                                              "INSERT INTO later(a) VALUES('kept');\n")});
    const Result<schema::Opened> opened = schema::open(fixture.path(), steps);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().detail));
    QCOMPARE(opened->key, key);
    QVERIFY(QFileInfo::exists(opened->copy));
    QCOMPARE(modeOf(opened->copy), 0600u);
    QCOMPARE(onDatabase(opened->copy, {QStringLiteral("SELECT title FROM alert")}).toString(), QStringLiteral("old"));
    QCOMPARE(onDatabase(opened->copy, {QStringLiteral("PRAGMA user_version")}).toInt(), version);
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("SELECT a FROM later")}).toString(), QStringLiteral("kept"));
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version")}).toInt(), version + 1);
    // Only once, and then it is too new for those who don't know the step.
    QCOMPARE(schema::open(fixture.path(), steps)->copy, QString());
    QCOMPARE(Store::open(fixture.directory.path(), fixture.clock).error().kind, Error::Kind::TooNew);
}

void UpgradingTest::takesBackAnUpgradeThatFails()
{
    Fixture fixture;
    fixture.accept(Fixture::alert(QStringLiteral("old")));
    fixture.close();
    QList<schema::Migration> steps = schema::migrations();
    const int version = steps.last().version;
    steps.append({version + 1, QStringLiteral("CREATE TABLE one(a);\n")});
    steps.append({version + 2, QStringLiteral("CREATE TABLE two(a);\nCREATE TABLE one(a);\n")});
    const Result<schema::Opened> opened = schema::open(fixture.path(), steps);
    QVERIFY(!opened.has_value());
    QVERIFY(opened.error().detail.contains(QString::number(version + 2)));
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version")}).toInt(), version + 1);
    QCOMPARE(
        onDatabase(fixture.path(), {QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'two'")}).toInt(),
        0);
    // The next start goes on from there.
    steps.last().sql = QStringLiteral("CREATE TABLE two(a);\n");
    QVERIFY(schema::open(fixture.path(), steps).has_value());
    QCOMPARE(onDatabase(fixture.path(), {QStringLiteral("PRAGMA user_version")}).toInt(), version + 2);
}

QTEST_GUILESS_MAIN(UpgradingTest)
#include "tst_upgrading.moc"
