// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/certificatewords.h"
#include "models/words.h"

#include <QDateTime>
#include <QTest>

using namespace courier;

namespace {

qint64 at(const QString &local)
{
    return QDateTime::fromString(local, Qt::ISODateWithMs).toMSecsSinceEpoch();
}

/// For hooks.example.com, until noon of 12 January 2027.
ServerCertificate certificate()
{
    return {QByteArray(32, 'x'), QStringLiteral("hooks.example.com"), QStringLiteral("Example CA"),
            at(QStringLiteral("2027-01-12T12:00:00"))};
}

} // namespace

/// Numbers and times as the operator reads them. The tests run in UTC and the C locale.
class WordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void duration_data();
    void duration();
    void size_data();
    void size();
    void countdown_data();
    void countdown();
    void success_data();
    void success();
    void relativeTime_data();
    void relativeTime();
    void clockTime();
    void countIsGrouped();
    void days();
    void certificates_data();
    void certificates();
    void aPinnedCertificate();
};

void WordsTest::duration_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << qint64(0) << QStringLiteral("0.0 ms");
    QTest::newRow("less than one") << qint64(420) << QStringLiteral("0.4 ms");
    QTest::newRow("nearly one") << qint64(960) << QStringLiteral("1 ms");
    QTest::newRow("some") << qint64(84'300) << QStringLiteral("84 ms");
    QTest::newRow("nearly a second") << qint64(999'600) << QStringLiteral("1.0 s");
    QTest::newRow("more") << qint64(1'230'000) << QStringLiteral("1.2 s");
    QTest::newRow("time-out") << qint64(10'001'000) << QStringLiteral("10.0 s");
    QTest::newRow("negative") << qint64(-5) << QStringLiteral("0.0 ms");
}

void WordsTest::duration()
{
    QFETCH(qint64, us);
    QTEST(words::duration(us), "words");
}

void WordsTest::size_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << qint64(0) << QStringLiteral("0 B");
    QTest::newRow("few") << qint64(92) << QStringLiteral("92 B");
    QTest::newRow("thousand") << qint64(1000) << QStringLiteral("1.0 kB");
    QTest::newRow("nearly a million") << qint64(999'960) << QStringLiteral("1.0 MB");
    QTest::newRow("millions") << qint64(4'120'000) << QStringLiteral("4.1 MB");
    QTest::newRow("more than there are units for") << qint64(5'000'000'000'000'000) << QStringLiteral("5,000.0 TB");
}

void WordsTest::size()
{
    QFETCH(qint64, bytes);
    QTEST(words::size(bytes), "words");
}

void WordsTest::countdown_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("words");
    QTest::newRow("over") << qint64(-3000) << QStringLiteral("0:00");
    QTest::newRow("rounded up") << qint64(41'001) << QStringLiteral("0:42");
    QTest::newRow("whole") << qint64(42'000) << QStringLiteral("0:42");
    QTest::newRow("minutes") << qint64(605'000) << QStringLiteral("10:05");
    QTest::newRow("hours") << qint64(3'910'000) << QStringLiteral("1:05:10");
}

void WordsTest::countdown()
{
    QFETCH(qint64, ms);
    QTEST(words::countdown(ms), "words");
}

void WordsTest::success_data()
{
    QTest::addColumn<qint64>("delivered");
    QTest::addColumn<qint64>("failed");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << qint64(0) << qint64(0) << QString();
    QTest::newRow("all") << qint64(7) << qint64(0) << QStringLiteral("100 %");
    QTest::newRow("none") << qint64(0) << qint64(3) << QStringLiteral("0 %");
    QTest::newRow("nearly all is not all") << qint64(99'999) << qint64(1) << QStringLiteral("99.9 %");
    QTest::newRow("most") << qint64(998) << qint64(2) << QStringLiteral("99.8 %");
}

void WordsTest::success()
{
    QFETCH(qint64, delivered);
    QFETCH(qint64, failed);
    QTEST(words::success(delivered, failed), "words");
}

void WordsTest::relativeTime_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("words");
    QTest::newRow("now") << QStringLiteral("2026-11-23T14:34:10") << QStringLiteral("Just now");
    QTest::newRow("clock a little behind") << QStringLiteral("2026-11-23T14:34:40") << QStringLiteral("Just now");
    QTest::newRow("minutes") << QStringLiteral("2026-11-23T14:32:00") << QStringLiteral("2 min ago");
    QTest::newRow("nearly an hour") << QStringLiteral("2026-11-23T13:34:31") << QStringLiteral("59 min ago");
    QTest::newRow("an hour") << QStringLiteral("2026-11-23T13:34:30") << QStringLiteral("Today 13:34");
    QTest::newRow("yesterday") << QStringLiteral("2026-11-22T09:14:59") << QStringLiteral("Yesterday 09:14");
    QTest::newRow("this year") << QStringLiteral("2026-11-12T09:14:00") << QStringLiteral("12 Nov 09:14");
    QTest::newRow("another year") << QStringLiteral("2025-11-12T09:14:00") << QStringLiteral("12 Nov 2025 09:14");
    QTest::newRow("clock far behind") << QStringLiteral("2026-11-23T18:00:00") << QStringLiteral("Today 18:00");
}

void WordsTest::relativeTime()
{
    QFETCH(QString, time);
    QTEST(words::relativeTime(at(time), at(QStringLiteral("2026-11-23T14:34:30"))), "words");
}

void WordsTest::clockTime()
{
    const qint64 now = at(QStringLiteral("2026-11-23T14:34:30"));
    QCOMPARE(words::clockTime(at(QStringLiteral("2026-11-23T14:32:01")), now), QStringLiteral("14:32:01"));
    QCOMPARE(words::clockTime(at(QStringLiteral("2026-11-22T14:32:01")), now), QStringLiteral("22 Nov 14:32"));
    QCOMPARE(words::clockTime(at(QStringLiteral("2025-11-22T14:32:01")), now), QStringLiteral("22 Nov 2025"));
    QCOMPARE(words::exactTime(at(QStringLiteral("2026-11-23T14:32:01.118"))),
             QStringLiteral("2026-11-23 14:32:01.118 local time (UTC)\n2026-11-23 14:32:01.118 UTC"));
}

void WordsTest::countIsGrouped()
{
    QCOMPARE(words::count(12'408), QStringLiteral("12,408"));
    QCOMPARE(words::count(7), QStringLiteral("7"));
}

void WordsTest::days()
{
    const qint64 now = at(QStringLiteral("2026-11-23T14:34:30"));
    QCOMPARE(words::startOfDay(now), at(QStringLiteral("2026-11-23T00:00:00")));
    QCOMPARE(words::startOfNextDay(now), at(QStringLiteral("2026-11-24T00:00:00")));
}

void WordsTest::certificates_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<CertificateStanding>("its");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("warning");
    using Standing = CertificateStanding;
    const auto row = [](const char *now, Standing its, const char *words, const char *note, const char *warning) {
        QTest::newRow(now) << QString::fromLatin1(now) << its
                           << QString(QLatin1String("hooks.example.com, issued by Example CA, ") + QLatin1String(words))
                           << QString::fromLatin1(note) << QString::fromLatin1(warning);
    };
    const char *until = "valid until 12 Jan 2027";
    row("2026-12-01T00:00:00", Standing::Good, until, "", "");
    row("2026-12-29T11:59:59.999", Standing::Good, until, "", "");
    row("2026-12-29T12:00:00", Standing::Expiring, "valid until 12 Jan 2027 (14 more days)", "Certificate: 14 days",
        "The receiver's certificate expires in 14 days, on 12 Jan 2027. From then on nothing can be delivered, unless "
        "the receiver renews it.");
    row("2027-01-11T23:00:00", Standing::Expiring, "valid until 12 Jan 2027 (1 more day)", "Certificate: 1 day",
        "The receiver's certificate expires tomorrow, on 12 Jan 2027. From then on nothing can be delivered, unless "
        "the receiver renews it.");
    row("2027-01-12T12:00:00", Standing::Expiring, "valid until 12 Jan 2027 (today)", "Certificate: today",
        "The receiver's certificate expires today. From then on nothing can be delivered, unless the receiver renews "
        "it.");
    row("2027-01-12T12:00:00.001", Standing::Expired, "expired on 12 Jan 2027", "Certificate expired",
        "The receiver's certificate expired on 12 Jan 2027. Nothing can be delivered until the receiver has a new "
        "one.");
}

void WordsTest::certificates()
{
    QFETCH(QString, now);
    QFETCH(CertificateStanding, its);
    Destination destination;
    destination.certificate = certificate();
    QCOMPARE(standing(destination.certificate, at(now)), its);
    QTEST(certificateWords(destination.certificate, at(now)), "words");
    QTEST(certificateNote(destination.certificate, at(now)), "note");
    QTEST(certificateWarning(destination, at(now)), "warning");
    const qint64 next = standingChangesAt(destination.certificate, at(now));
    QCOMPARE(next == 0, its == CertificateStanding::Expired);
    if (next != 0) {
        QCOMPARE(standing(destination.certificate, next - 1), its);
        QVERIFY(standing(destination.certificate, next) != its);
    }
}

void WordsTest::aPinnedCertificate()
{
    Destination destination;
    const qint64 late = at(QStringLiteral("2027-02-01T00:00:00"));
    QCOMPARE(certificateWords(destination.certificate, late), QString());
    QCOMPARE(certificateWarning(destination, late), QString());
    destination.certificate = certificate();
    destination.certificate.issuer = destination.certificate.subject;
    destination.security.tls.pinnedSha256 = destination.certificate.sha256;
    QCOMPARE(certificateWords(destination.certificate, late),
             QStringLiteral("hooks.example.com, self-signed, expired on 12 Jan 2027"));
    QCOMPARE(certificateWarning(destination, late),
             QStringLiteral("The receiver's certificate expired on 12 Jan 2027. It is pinned, and still taken."));
    QCOMPARE(certificateWarning(destination, at(QStringLiteral("2027-01-10T00:00:00"))),
             QStringLiteral("The receiver's certificate expires in 2 days, on 12 Jan 2027. The one that follows it has "
                            "to be pinned, too."));
}

QTEST_GUILESS_MAIN(WordsTest)
#include "tst_words.moc"
