// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/filefollower.h"

#include "intake/alertreader.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;

/// Real files that grow, are rotated, truncated, taken away and left for a while: each line once.
class TestFileFollower : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsWhatIsThereAndWhatComes();
    void beginsAtTheEnd();
    void waitsForAFile();
    void keepsAPartialLineUntilItEnds();
    void readsTheRestOfARotatedFile();
    void readsGenerationsThatCameWhileItWasAway();
    void readsTheRestFromACopy();
    void readsACopyOfWhatItHadNotBegun();
    void seesATruncationThatGrewAgain();
    void beginsAnewAfterAPlainTruncation();
    void goesOnFromItsPlace();
    void goesOnInARotatedFile();
    void leavesOutWhatIsTooLong();
    void saysWhatCantBeRead();
    void namesRotatedFiles();
    void keepsEachLineWhateverHappens_data();
    void keepsEachLineWhateverHappens();

private:
    QString path(const QString &name = u"eve.json"_qs) const { return m_directory->filePath(name); }
    void append(const QByteArray &bytes, const QString &name = u"eve.json"_qs) const;
    void rotate() const;
    void copyAndTruncate() const;
    static QByteArrayList drain(FileFollower &follower, qint64 maxBytes = 64 * 1024);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestFileFollower::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestFileFollower::append(const QByteArray &bytes, const QString &name) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestFileFollower::rotate() const
{
    for (int i = 20; i > 0; --i) {
        QFile::rename(path(u"eve.json.%1"_qs.arg(i)), path(u"eve.json.%1"_qs.arg(i + 1)));
    }
    QVERIFY(QFile::rename(path(), path(u"eve.json.1"_qs)));
}

void TestFileFollower::copyAndTruncate() const
{
    for (int i = 20; i > 0; --i) {
        QFile::rename(path(u"eve.json.%1"_qs.arg(i)), path(u"eve.json.%1"_qs.arg(i + 1)));
    }
    QVERIFY(QFile::copy(path(), path(u"eve.json.1"_qs)));
    QVERIFY(QFile::resize(path(), 0));
}

QByteArrayList TestFileFollower::drain(FileFollower &follower, qint64 maxBytes)
{
    QByteArrayList lines;
    do {
        for (const FileFollower::Line &line : follower.readMore(maxBytes)) {
            lines.append(line.bytes);
        }
    } while (follower.state() == FileFollower::State::HasMore);
    return lines;
}

void TestFileFollower::readsWhatIsThereAndWhatComes()
{
    append("a\r\nb\n\n");
    FileFollower follower(path(), true);
    const auto first = follower.readMore(1000);
    QCOMPARE(first.size(), 2);
    QCOMPARE(first[0].bytes, QByteArray("a"));
    QCOMPARE(first[1].number, 2);
    QCOMPARE(follower.state(), FileFollower::State::AtEnd);
    append("c\n");
    const auto second = follower.readMore(1000);
    QCOMPARE(second.size(), 1);
    QCOMPARE(second[0].bytes, QByteArray("c"));
    QCOMPARE(second[0].number, 4);
    QCOMPARE(follower.readMore(1000).size(), 0);
    QCOMPARE(follower.place().offset, 8);
}

void TestFileFollower::beginsAtTheEnd()
{
    append("a\nhal");
    FileFollower follower(path(), false);
    QCOMPARE(drain(follower), QByteArrayList());
    append("f\nb\n");
    const auto lines = follower.readMore(1000);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].bytes, QByteArray("half"));
    QCOMPARE(lines[0].number, 0);
}

void TestFileFollower::waitsForAFile()
{
    FileFollower follower(path(), false);
    QCOMPARE(follower.readMore(1000).size(), 0);
    QCOMPARE(follower.state(), FileFollower::State::Waiting);
    QVERIFY(follower.place().isNull());
    append("a\n");
    QCOMPARE(drain(follower), QByteArrayList{"a"});
}

void TestFileFollower::keepsAPartialLineUntilItEnds()
{
    append("a\nb");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), QByteArrayList{"a"});
    QCOMPARE(follower.place().offset, 2);
    append("b");
    QCOMPARE(drain(follower), QByteArrayList());
    append("b\n");
    QCOMPARE(drain(follower), QByteArrayList{"bbb"});
}

void TestFileFollower::readsTheRestOfARotatedFile()
{
    append("a\n");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), QByteArrayList{"a"});
    append("b\n");
    rotate();
    append("late\n", u"eve.json.1"_qs);
    QCOMPARE(drain(follower), (QByteArrayList{"b", "late"}));
    append({}); // the new one is made, and its writer hasn't changed over
    append("later\nunended", u"eve.json.1"_qs);
    QCOMPARE(drain(follower), QByteArrayList{"later"});
    append("new\n");
    QCOMPARE(drain(follower), (QByteArrayList{"unended", "new"}));
    QCOMPARE(follower.place().offset, 4);
}

void TestFileFollower::readsGenerationsThatCameWhileItWasAway()
{
    append("a\nb\n");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), (QByteArrayList{"a", "b"}));
    const FollowPlace place = follower.place();
    for (const char *line : {"c", "d", "e"}) {
        append(QByteArray(line) + '\n');
        rotate();
        QTest::qWait(10);
    }
    append("f\n");
    FileFollower later(path(), place);
    QCOMPARE(drain(later), (QByteArrayList{"c", "d", "e", "f"}));
    QCOMPARE(drain(follower), (QByteArrayList{"c", "d", "e", "f"}));
}

void TestFileFollower::readsTheRestFromACopy()
{
    append("a\nb\n");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), (QByteArrayList{"a", "b"}));
    const FollowPlace place = follower.place();
    append("c\nd\n");
    copyAndTruncate();
    FileFollower later(path(), place);
    QCOMPARE(drain(follower), (QByteArrayList{"c", "d"}));
    append("e\n");
    QCOMPARE(drain(follower), QByteArrayList{"e"});
    QCOMPARE(drain(later), (QByteArrayList{"c", "d", "e"}));
}

void TestFileFollower::readsACopyOfWhatItHadNotBegun()
{
    append("a\n");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), QByteArrayList{"a"});
    copyAndTruncate();
    append("pa");
    QCOMPARE(drain(follower), QByteArrayList());
    QCOMPARE(follower.place().offset, 0);
    const FollowPlace place = follower.place();
    QTest::qWait(10);
    append("rt\nb\n");
    copyAndTruncate();
    append("c\n");
    QTest::qWait(10);
    copyAndTruncate();
    append("d\n");
    QCOMPARE(drain(follower), (QByteArrayList{"part", "b", "c", "d"}));
    FileFollower later(path(), place);
    QCOMPARE(drain(later), (QByteArrayList{"part", "b", "c", "d"}));
}

void TestFileFollower::seesATruncationThatGrewAgain()
{
    append("a\nb\n");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), (QByteArrayList{"a", "b"}));
    copyAndTruncate();
    append("x\ny\n"); // the same size
    QCOMPARE(drain(follower), (QByteArrayList{"x", "y"}));
    copyAndTruncate();
    append("long line\nanother\n");
    QCOMPARE(drain(follower), (QByteArrayList{"long line", "another"}));
}

void TestFileFollower::beginsAnewAfterAPlainTruncation()
{
    append("a\nb\npart");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower), (QByteArrayList{"a", "b"}));
    QVERIFY(QFile::resize(path(), 0));
    append("c\n");
    QCOMPARE(drain(follower), QByteArrayList{"c"});
    QVERIFY(QFile::remove(path()));
    QCOMPARE(drain(follower), QByteArrayList());
    append("d\n");
    QCOMPARE(drain(follower), QByteArrayList{"d"});
}

void TestFileFollower::goesOnFromItsPlace()
{
    append("a\nb\nc");
    FileFollower follower(path(), true);
    QCOMPARE(drain(follower).size(), 2);
    const auto place = FollowPlace::fromBytes(follower.place().toBytes());
    QVERIFY(place);
    QCOMPARE(*place, follower.place());
    append("c\nd\n");
    FileFollower later(path(), *place);
    const auto lines = later.readMore(1000);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].bytes, QByteArray("cc"));
    QCOMPARE(lines[0].number, 3);
    QVERIFY(!FollowPlace::fromBytes("nonsense"));
    QVERIFY(!FollowPlace::fromBytes({}));
}

void TestFileFollower::goesOnInARotatedFile()
{
    append("a\nb\n");
    FileFollower follower(path(), true);
    follower.readMore(1000);
    append("c\n");
    rotate();
    QVERIFY(QFile::rename(path(u"eve.json.1"_qs), path(u"eve.json.old"_qs)));
    FileFollower withoutNew(path(), follower.place());
    QCOMPARE(drain(withoutNew), QByteArrayList{"c"});
    append("d\n");
    QCOMPARE(drain(withoutNew), QByteArrayList{"d"});
    FileFollower later(path(), follower.place());
    QCOMPARE(drain(later), (QByteArrayList{"c", "d"}));
    QVERIFY(QFile::remove(path(u"eve.json.old"_qs)));
    FileFollower without(path(), FollowPlace{{1, 2}, 4, 2, "mark", {}, 0});
    QCOMPARE(drain(without), QByteArrayList{"d"});
}

void TestFileFollower::leavesOutWhatIsTooLong()
{
    append("a\n" + QByteArray(maxAlertBytes + 5, 'x') + "\nb\n");
    FileFollower follower(path(), true);
    QList<FileFollower::Line> lines;
    do {
        lines += follower.readMore(1024 * 1024);
    } while (follower.state() == FileFollower::State::HasMore);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[1].isTooLong && lines[1].bytes.isEmpty());
    QCOMPARE(lines[2].bytes, QByteArray("b"));
    QCOMPARE(lines[2].number, 3);
    QVERIFY(isMarked(*OpenFile::open(path()), follower.place()));
    append("c\n");
    QCOMPARE(drain(follower), QByteArrayList{"c"});
}

void TestFileFollower::saysWhatCantBeRead()
{
    QVERIFY(QDir().mkdir(path()));
    FileFollower follower(path(), true);
    QCOMPARE(follower.readMore(10).size(), 0);
    QCOMPARE(follower.state(), FileFollower::State::Failing);
    QVERIFY(!follower.problem().isEmpty());
}

void TestFileFollower::namesRotatedFiles()
{
    for (const char *name :
         {"eve.json.1", "eve.json.12", "eve.json-20260301", "eve.json-2026-03-01_12.30", "eve.json.2T3"}) {
        QVERIFY2(isRotatedName(QString::fromLatin1(name), u"eve.json"), name);
    }
    for (const char *name : {"eve.json", "eve.json.", "eve.json.1.gz", "eve.json.bak", "eve.json1", "other.json.1"}) {
        QVERIFY2(!isRotatedName(QString::fromLatin1(name), u"eve.json"), name);
    }
}

void TestFileFollower::keepsEachLineWhateverHappens_data()
{
    QTest::addColumn<bool>("copies");
    QTest::newRow("rename") << false;
    QTest::newRow("copy and truncate") << true;
}

// Lines come, files are rotated and the follower goes and comes back, in any order.
void TestFileFollower::keepsEachLineWhateverHappens()
{
    QFETCH(bool, copies);
    QRandomGenerator random(copies ? 11 : 7);
    append({});
    auto follower = std::make_unique<FileFollower>(path(), true);
    QByteArrayList written;
    QByteArrayList read;
    const auto readSome = [&](qint64 maxBytes) {
        for (const FileFollower::Line &line : follower->readMore(maxBytes)) {
            read.append(line.bytes);
        }
    };
    readSome(1); // begins
    int rotations = 0;
    for (int step = 0; step < 2000; ++step) {
        const quint32 what = random.bounded(100);
        if (what < 60) {
            written.append("line " + QByteArray::number(step) + QByteArray(random.bounded(40), '.'));
            append(written.last() + '\n');
        } else if (what < 94) {
            readSome(1 + random.bounded(200));
        } else if (what < 98) {
            const FollowPlace place = follower->place();
            follower = place.isNull() ? std::move(follower) : std::make_unique<FileFollower>(path(), place);
        } else if (rotations < 15) {
            ++rotations;
            if (copies) {
                copyAndTruncate();
            } else {
                rotate();
                append({});
            }
            QTest::qWait(10);
        }
    }
    append(written.emplaceBack("last") + '\n');
    read += drain(*follower, 100);
    QCOMPARE(read, written);
    QCOMPARE(rotations, 15);
}

QTEST_APPLESS_MAIN(TestFileFollower)
#include "tst_filefollower.moc"
