// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/watchedfiles.h"

#include "desk/desk.h"
#include "desk/severitytables.h"
#include "intake/format.h"
#include "store/databasefile.h"
#include "store/storefixture.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>

#include <sys/mount.h>

using namespace courier;
using namespace courier::test;

/// Watched files, from the settings to the store.
class TestWatchedFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void goesThroughJson();
    void refusesAList_data();
    void refusesAList();
    void followsAFile();
    void tellsBadLinesAndGoesOn();
    void goesOnWhereItStopped();
    void followsAFolder();
    void noticesChangedSettings();
    void endsWithItsDesk();
    void waitsWhileTheDiskIsFull();

private:
    QString path(const QString &name) const { return m_files->filePath(name); }
    void append(const QByteArray &bytes, const QString &name = u"eve.json"_qs) const;
    void watch(const QList<WatchedFile> &files);
    void start()
    {
        m_watched = std::make_unique<WatchedFiles>(m_store->store(), m_store->clock);
        m_watched->start();
    }
    QStringList titles() const;
    WatchState state() const { return m_watched->states().value(0); }

    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<Fixture> m_store;
    std::unique_ptr<WatchedFiles> m_watched;
};

namespace {

/// Sorted; each as often as it is there.
QStringList titlesIn(const QString &database)
{
    const QString titles = onDatabase(database, {u"SELECT group_concat(title, char(10)) FROM "
                                                 "(SELECT title FROM alert ORDER BY title)"_qs})
                               .toString();
    return titles.isEmpty() ? QStringList() : titles.split(u'\n');
}

QByteArray line(const QByteArray &title)
{
    return R"({"id":"R.1","severity":"LOW","title":")" + title + "\"}\n";
}

} // namespace

void TestWatchedFiles::init()
{
    m_files = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Fixture>();
}

void TestWatchedFiles::cleanup()
{
    m_watched.reset();
    m_store.reset();
    m_files.reset();
}

void TestWatchedFiles::append(const QByteArray &bytes, const QString &name) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestWatchedFiles::watch(const QList<WatchedFile> &files)
{
    QVERIFY(waitFor(m_store->store().setSetting(sourcesKey(), QString::fromUtf8(toJson(files)))));
    if (m_watched) {
        m_watched->lookAgain();
    }
}

QStringList TestWatchedFiles::titles() const
{
    return titlesIn(m_store->path());
}

void TestWatchedFiles::goesThroughJson()
{
    const QList<WatchedFile> files{{7, u"/var/log/eve.json"_qs, {}, u"suricata"_qs, true, false},
                                   {8, u"/var/log/ä"_qs, u"*.json"_qs, {}, false, true}};
    const auto back = watchedFilesFromJson(toJson(files));
    QVERIFY(back);
    QCOMPARE(*back, files);
    QCOMPARE(newWatchId(files, 3), 9);
    QCOMPARE(newWatchId(files, 1000), 1000);
}

void TestWatchedFiles::refusesAList_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    QTest::newRow("none") << QByteArray("{}") << u"The list of watched files is no JSON array."_qs;
    QTest::newRow("no id") << QByteArray(R"([{"path":"/a"}])")
                           << u"Watched file 1: id: a number of its own is needed."_qs;
    QTest::newRow("same id") << QByteArray(R"([{"id":1,"path":"/a"},{"id":1,"path":"/b"}])")
                             << u"Watched file 2: id: a number of its own is needed."_qs;
    QTest::newRow("last id there is") << QByteArray(R"([{"id":9223372036854775807,"path":"/a"}])")
                                      << u"Watched file 1: id: a number of its own is needed."_qs;
    QTest::newRow("relative") << QByteArray(R"([{"id":1,"path":"a"}])")
                              << u"Watched file 1: path: enter a full path that starts with /."_qs;
    QTest::newRow("pattern") << QByteArray(R"([{"id":1,"path":"/a","pattern":"b/*"}])")
                             << u"Watched file 1: pattern: it is for names in the folder, without /."_qs;
    QTest::newRow("format")
        << QByteArray(R"([{"id":1,"path":"/a","format":"x"}])")
        << u"Watched file 1: format: \"x\" is none of alerts, alertmanager, suricata, wazuh, cloudevents."_qs;
}

void TestWatchedFiles::refusesAList()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, message);
    const auto files = watchedFilesFromJson(json);
    QVERIFY(!files);
    QCOMPARE(files.error().message, message);
}

void TestWatchedFiles::followsAFile()
{
    append(line("before"));
    watch({{1, path(u"eve.json"_qs), {}, {}, false, true}, {2, path(u"other.json"_qs), {}, {}, true, false}});
    start();
    QTRY_COMPARE(state().kind, WatchState::Kind::Following);
    QCOMPARE(m_watched->states().value(1).kind, WatchState::Kind::Off);
    QTRY_VERIFY(!m_store->read().filePlace(1).isEmpty()); // where it begins is kept before anything comes
    append(line("a") + line("b"));
    QTRY_COMPARE(titles(), (QStringList{u"a"_qs, u"b"_qs}));
    QTRY_COMPARE(state().taken, 2);
    QVERIFY(state().perSecond > 0);
    QCOMPARE(state().unread, 0);
}

void TestWatchedFiles::tellsBadLinesAndGoesOn()
{
    SeverityMap table = formatById(u"suricata"_qs)->defaultSeverities();
    table.setOtherwise(Severity::Critical);
    QVERIFY(waitFor(m_store->store().setSetting(severitiesKey(u"suricata"_qs), QString::fromUtf8(table.toJson()))));
    watch({{1, path(u"eve.json"_qs), {}, u"suricata"_qs, true, true}});
    start();
    QTRY_COMPARE(state().kind, WatchState::Kind::Waiting);
    append("{\"event_type\":\"stats\"}\n{\"event_type\":\nnonsense\n"
           "{\"event_type\":\"alert\",\"alert\":{\"signature_id\":5,\"signature\":\"odd\"}}\n{\"event_type\":3}\n");
    QTRY_COMPARE(titles(), QStringList{u"odd"_qs});
    QTRY_COMPARE(state().refused, 3);
    QCOMPARE(state().skipped, 1);
    QCOMPARE(state().lastBadLine, u"eve.json:5: event_type: must be a string, not a number."_qs);
    QCOMPARE(state().lastBadAt, startOfTests);
    QCOMPARE(state().kind, WatchState::Kind::Following);
    QCOMPARE(m_store->read().alert(m_store->read().matching({}).value(0))->severity, Severity::Critical);
}

void TestWatchedFiles::goesOnWhereItStopped()
{
    watch({{1, path(u"eve.json"_qs), {}, {}, true, true}});
    append(line("a"));
    start();
    QTRY_COMPARE(titles().size(), 1);
    m_watched.reset();
    append(line("b"));
    QVERIFY(QFile::rename(path(u"eve.json"_qs), path(u"eve.json.1"_qs)));
    append(line("c"));
    start();
    QTRY_COMPARE(titles(), (QStringList{u"a"_qs, u"b"_qs, u"c"_qs}));
    watch({});
    QTRY_COMPARE(m_store->read().filePlace(1), QByteArray());
}

void TestWatchedFiles::followsAFolder()
{
    append(line("old"), u"a.json"_qs);
    append(line("ignored"), u"a.txt"_qs);
    watch({{1, m_files->path(), u"*.json*"_qs, {}, false, true}});
    start();
    QTRY_COMPARE(state().files, 1);
    QTRY_VERIFY(!m_store->read().filePlace(1).isEmpty());
    append(line("b1"), u"b.json"_qs);
    append(line("a1"), u"a.json"_qs);
    QTRY_COMPARE(titles(), (QStringList{u"a1"_qs, u"b1"_qs}));
    append(line("a2"), u"a.json"_qs);
    QVERIFY(QFile::rename(path(u"a.json"_qs), path(u"a.json.1"_qs)));
    append(line("a3"), u"a.json"_qs);
    QTRY_COMPARE(titles(), (QStringList{u"a1"_qs, u"a2"_qs, u"a3"_qs, u"b1"_qs}));
    m_watched.reset();
    append(line("c1"), u"c.json"_qs);
    append(line("b2"), u"b.json"_qs);
    start();
    QTRY_COMPARE(titles().size(), 6);
    QCOMPARE(titles(), (QStringList{u"a1"_qs, u"a2"_qs, u"a3"_qs, u"b1"_qs, u"b2"_qs, u"c1"_qs}));
    QVERIFY(QFile::remove(path(u"c.json"_qs)));
    QTRY_COMPARE(state().files, 2);
}

void TestWatchedFiles::noticesChangedSettings()
{
    append(line("a"));
    start();
    QCOMPARE(m_watched->states().size(), 0);
    watch({{1, path(u"eve.json"_qs), {}, {}, true, true}});
    QTRY_COMPARE(titles().size(), 1);
    watch({{1, path(u"eve.json"_qs), {}, {}, true, false}});
    QTRY_COMPARE(state().kind, WatchState::Kind::Off);
    append(line("b"));
    watch({{1, path(u"eve.json"_qs), {}, {}, true, true}});
    QTRY_COMPARE(titles().size(), 2);
    QDir().mkdir(path(u"folder"_qs));
    watch({{2, path(u"folder"_qs), {}, {}, true, true}});
    QTRY_COMPARE(state().kind, WatchState::Kind::Failing);
    QVERIFY2(state().problem.startsWith(path(u"folder"_qs) + u" can't be read: "_qs), qPrintable(state().problem));
}

void TestWatchedFiles::endsWithItsDesk()
{
    watch({{1, path(u"eve.json"_qs), {}, {}, true, true}});
    m_store->close();
    QByteArrayList written;
    for (int round = 0; round < 5; ++round) {
        auto desk = std::move(*Desk::open(m_store->directory.path(), m_store->clock));
        QCOMPARE(desk->watchedFiles().states().size(), 0); // it doesn't send yet
        desk->startSending();
        for (int i = 0; i < 2000; ++i) {
            written.append(QByteArray::number(round * 10000 + i));
            append(line(written.last()));
        }
        QTRY_VERIFY(desk->watchedFiles().states().size() == 1 && titles().size() > round * 2000);
    }
    auto desk = std::move(*Desk::open(m_store->directory.path(), m_store->clock));
    desk->startSending();
    QTRY_COMPARE(titles().size(), written.size());
    desk.reset();
    const QStringList kept = titles();
    QCOMPARE(QSet<QString>(kept.begin(), kept.end()).size(), written.size());
}

void TestWatchedFiles::waitsWhileTheDiskIsFull()
{
    const QTemporaryDir directory;
    if (::mount("tmpfs", qPrintable(directory.path()), "tmpfs", 0, "size=3m,mode=0700") != 0) {
        QSKIP("Only root can mount a small disk");
    }
    const auto unmount = qScopeGuard([&] { ::umount2(qPrintable(directory.path()), MNT_DETACH); });
    auto store = std::move(*Store::open(directory.path(), m_store->clock));
    const QList<WatchedFile> files{{1, path(u"eve.json"_qs), {}, {}, true, true}};
    QVERIFY(waitFor(store->setSetting(sourcesKey(), QString::fromUtf8(toJson(files)))));
    for (int i = 0; i < 4000; ++i) {
        append(line(QByteArray::number(i) + ' ' + QByteArray(1000, 'x')));
    }
    WatchedFiles watched(*store, m_store->clock);
    watched.start();
    QTRY_COMPARE_WITH_TIMEOUT(watched.states().value(0).kind, WatchState::Kind::Failing, 20000);
    QVERIFY2(watched.states().value(0).problem.startsWith(u"The disk is full"_qs),
             qPrintable(watched.states().value(0).problem));
    QVERIFY(::mount("tmpfs", qPrintable(directory.path()), "tmpfs", MS_REMOUNT, "size=60m,mode=0700") == 0);
    QTRY_COMPARE_WITH_TIMEOUT(watched.states().value(0).taken, 4000, 30000);
    QCOMPARE(watched.states().value(0).kind, WatchState::Kind::Following);
    watched.stop();
    const QStringList kept = titlesIn(directory.filePath(u"courier.db"_qs));
    QCOMPARE(kept.size(), 4000);
    QCOMPARE(QSet<QString>(kept.begin(), kept.end()).size(), 4000);
    store.reset();
}

QTEST_GUILESS_MAIN(TestWatchedFiles)
#include "tst_watchedsources.moc"
