// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/destinationmarks.h"
#include "models/modelsupport.h"
#include "models/navigationmodel.h"
#include "models/navigationviews.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

constexpr qint64 now = 1'800'000'000'000; ///< ms since 1970 UTC, at eight o'clock

using Model = NavigationModel;

Destination destination(qint64 id, const char *name)
{
    Destination one;
    one.id = DestinationId{id};
    one.name = QString::fromUtf8(name);
    one.testState = TestState::Passed;
    return one;
}

struct Navigation
{
    Navigation()
        : index(place.store(), place.clock)
        , model(index)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
    }
    QModelIndex alerts() const { return model.index(0, 0); }
    QModelIndex destinations() const { return model.index(1, 0); }
    QStringList names() const
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(destinations()); ++row) {
            list.append(model.index(row, 0, destinations()).data().toString());
        }
        return list;
    }

    StorePlace place;
    AlertIndex index;
    Model model;
    QAbstractItemModelTester tester;
};

} // namespace

/// The sidebar's rows.
class NavigationModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headingsAndViews();
    void countsAreLive();
    void filtersOfViews();
    void destinationsComeAndGo();
    void selectionStays();
    void marks_data();
    void marks();
    void saysWhatStruggles();
    void saysWhoseCertificateExpires();
};

void NavigationModelTest::headingsAndViews()
{
    Navigation navigation;
    QCOMPARE(navigation.model.rowCount(), 2);
    QCOMPARE(navigation.alerts().data().toString(), QStringLiteral("Alerts"));
    QCOMPARE(navigation.destinations().data().toString(), QStringLiteral("Destinations"));
    QCOMPARE(navigation.alerts().data(HeadingRole).toBool(), true);
    QVERIFY(!(navigation.alerts().flags() & Qt::ItemIsSelectable));
    QCOMPARE(navigation.model.kindAt(navigation.alerts()), Model::Kind::Heading);
    const QModelIndex attention = navigation.model.indexOf(Model::Kind::NeedsAttention);
    QCOMPARE(attention.parent(), navigation.alerts());
    QCOMPARE(attention.data().toString(), QStringLiteral("Needs attention"));
    QCOMPARE(attention.data(GlyphRole).toString(), QStringLiteral("attention"));
    QCOMPARE(attention.data(ColorKeyRole).toString(), QStringLiteral("muted"));
    QVERIFY(attention.flags() & Qt::ItemIsSelectable);
    QCOMPARE(navigation.model.kindAt(attention), Model::Kind::NeedsAttention);
    QCOMPARE(number(navigation.model.destinationAt(attention)), qint64(0));
}

void NavigationModelTest::countsAreLive()
{
    Navigation navigation;
    const QModelIndex all = navigation.model.indexOf(Model::Kind::AllAlerts);
    QCOMPARE(all.data(CountRole).toString(), QString()); // not known yet
    QSignalSpy completed(&navigation.index, &AlertIndex::completed);
    navigation.index.load();
    QVERIFY(completed.wait());
    QCOMPARE(all.data(CountRole).toString(), QStringLiteral("0"));
    QSignalSpy changed(&navigation.model, &Model::dataChanged);
    QList<AlertSummary> alerts;
    for (int i = 1; i <= 1200; ++i) {
        alerts.append(summary(i, Severity::Low, i <= 3 ? AlertStatus::Failed : AlertStatus::Retrying, i <= 3));
    }
    navigation.index.apply(alerts);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(all.data(CountRole).toString(), QStringLiteral("1,200"));
    QCOMPARE(all.data(Qt::AccessibleTextRole).toString(), QStringLiteral("All alerts")); // holds still
    QCOMPARE(all.data(Qt::AccessibleDescriptionRole).toString(), QStringLiteral("1,200"));
    const QModelIndex attention = navigation.model.indexOf(Model::Kind::NeedsAttention);
    QCOMPARE(attention.data(CountRole).toString(), QStringLiteral("3"));
    QCOMPARE(attention.data(ColorKeyRole).toString(), QStringLiteral("failed"));
    QCOMPARE(navigation.model.indexOf(Model::Kind::Retrying).data(CountRole).toString(), QStringLiteral("1,197"));
    QCOMPARE(navigation.model.indexOf(Model::Kind::DeliveredToday).data(CountRole).toString(), QStringLiteral("0"));
}

void NavigationModelTest::filtersOfViews()
{
    QVERIFY(filterOf(Model::Kind::AllAlerts, FakeClock::start).isEmpty());
    QVERIFY(filterOf(Model::Kind::NeedsAttention, FakeClock::start).needsAttention);
    QCOMPARE(filterOf(Model::Kind::Retrying, FakeClock::start).statuses, QList<AlertStatus>{AlertStatus::Retrying});
    QCOMPARE(*filterOf(Model::Kind::DeliveredToday, FakeClock::start).deliveredSince,
             FakeClock::start - 12 * 3'600'000);
}

void NavigationModelTest::destinationsComeAndGo()
{
    Navigation navigation;
    QCOMPARE(navigation.names(), QStringList{QStringLiteral("None yet")});
    const QModelIndex none = navigation.model.index(0, 0, navigation.destinations());
    QCOMPARE(navigation.model.kindAt(none), Model::Kind::Placeholder);
    QVERIFY(!(none.flags() & Qt::ItemIsSelectable));
    navigation.model.setDestinations({destination(2, "Audit lake"), destination(1, "Ops bridge")});
    QCOMPARE(navigation.names(), (QStringList{QStringLiteral("Audit lake"), QStringLiteral("Ops bridge")}));
    QCOMPARE(number(navigation.model.destinationAt(navigation.model.indexOf(DestinationId{1}))), qint64(1));
    QVERIFY(!navigation.model.indexOf(DestinationId{9}).isValid());
    navigation.model.setDestinations({});
    QCOMPARE(navigation.names(), QStringList{QStringLiteral("None yet")});
    QVERIFY(!navigation.model.indexOf(DestinationId{}).isValid());
}

void NavigationModelTest::selectionStays()
{
    Navigation navigation;
    navigation.model.setDestinations(
        {destination(2, "Audit lake"), destination(3, "Legacy SIEM"), destination(1, "Ops bridge")});
    QItemSelectionModel selection(&navigation.model);
    selection.setCurrentIndex(navigation.model.indexOf(DestinationId{1}), QItemSelectionModel::SelectCurrent);
    QSignalSpy reset(&navigation.model, &Model::modelReset);
    // Renamed to the top, one gone, one new; then its statistics.
    navigation.model.setDestinations(
        {destination(1, "A bridge"), destination(2, "Audit lake"), destination(7, "Night desk")});
    DestinationStats stats;
    stats.id = DestinationId{1};
    stats.delivered24h = 998;
    stats.failed24h = 2;
    navigation.model.setStats({stats});
    QCOMPARE(navigation.names(),
             (QStringList{QStringLiteral("A bridge"), QStringLiteral("Audit lake"), QStringLiteral("Night desk")}));
    QCOMPARE(number(navigation.model.destinationAt(selection.currentIndex())), qint64(1));
    QVERIFY(selection.isSelected(selection.currentIndex()));
    QCOMPARE(selection.currentIndex().data(CountRole).toString(), QStringLiteral("99.8 %"));
    QCOMPARE(reset.size(), 0);
    navigation.model.setDestinations({destination(1, "A bridge")}); // statistics are kept
    QCOMPARE(selection.currentIndex().data(CountRole).toString(), QStringLiteral("99.8 %"));
}

void NavigationModelTest::marks_data()
{
    QTest::addColumn<TestState>("tested");
    QTest::addColumn<bool>("paused");
    QTest::addColumn<bool>("builtIn");
    QTest::addColumn<int>("delivered");
    QTest::addColumn<int>("failed");
    QTest::addColumn<int>("attention");
    QTest::addColumn<int>("retrying");
    QTest::addColumn<QString>("glyph");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("note");
    const auto row = [](const char *name, TestState tested, bool paused, bool builtIn, QList<int> counts,
                        const char *glyph, const char *key, const char *note) {
        QTest::newRow(name) << tested << paused << builtIn << counts.at(0) << counts.at(1) << counts.at(2)
                            << counts.at(3) << QString::fromUtf8(glyph) << QString::fromUtf8(key)
                            << QString::fromUtf8(note);
    };
    using State = TestState;
    row("well", State::Passed, false, false, {9, 1, 0, 0}, "st-delivered", "delivered", "90.0 %");
    row("quiet", State::Passed, false, false, {0, 0, 0, 0}, "st-delivered", "delivered", "");
    row("failing", State::Passed, false, false, {9, 1, 1, 1}, "st-failed", "failed", "90.0 %");
    row("retrying", State::Passed, false, false, {9, 0, 0, 1}, "st-retrying", "retrying", "100 %");
    row("paused", State::Passed, true, false, {9, 1, 1, 0}, "st-held", "held", "Paused");
    row("not tested", State::NotTested, false, false, {0, 0, 0, 0}, "st-untested", "untested", "Not tested");
    row("not tested, but used", State::NotTested, false, false, {5, 0, 0, 0}, "st-delivered", "delivered", "100 %");
    row("test failed", State::Failed, false, false, {0, 0, 0, 0}, "st-failed", "failed", "Last test failed");
    row("built in", State::Passed, false, true, {1, 0, 0, 0}, "receiver", "delivered", "100 %");
}

void NavigationModelTest::marks()
{
    QFETCH(TestState, tested);
    QFETCH(bool, paused);
    QFETCH(bool, builtIn);
    QFETCH(int, delivered);
    QFETCH(int, failed);
    QFETCH(int, attention);
    QFETCH(int, retrying);
    Destination one = destination(1, "Ops bridge");
    one.testState = tested;
    one.paused = paused;
    one.builtInReceiver = builtIn;
    DestinationStats stats;
    stats.delivered24h = delivered;
    stats.failed24h = failed;
    stats.attention = attention;
    stats.retrying = retrying;
    QTEST(destinationGlyph(one, stats, now), "glyph");
    QTEST(destinationColorKey(one, stats, now), "key");
    QTEST(destinationNote(one, stats, now), "note");
}

void NavigationModelTest::saysWhatStruggles()
{
    Destination one = destination(1, "Ops bridge");
    one.testState = TestState::Passed;
    DestinationStats stats;
    stats.delivered24h = 5;
    stats.attention = 1;
    stats.struggle = QStringLiteral("Could not connect: nothing listens on 127.0.0.1:9000.");
    stats.nextTryAt = 100'000;
    QCOMPARE(destinationNote(one, stats, now), QStringLiteral("Struggling"));
    QCOMPARE(destinationGlyph(one, stats, now), QStringLiteral("st-retrying"));
    QCOMPARE(destinationColorKey(one, stats, now), QStringLiteral("retrying"));
    QCOMPARE(struggleWords(stats, 72'000), QStringLiteral("Struggling: Could not connect: nothing listens on "
                                                          "127.0.0.1:9000. Next try in 0:28."));
    QVERIFY(destinationLines(one, stats, now).contains(QStringLiteral("Struggling: Could not connect: ")));
    stats.struggle = QStringLiteral("503 Service Unavailable");
    QCOMPARE(struggleWords(stats, 100'000), QStringLiteral("Struggling: 503 Service Unavailable."));
    one.paused = true;
    QCOMPARE(destinationNote(one, stats, now), QStringLiteral("Paused"));
    stats.struggle.clear();
    QCOMPARE(struggleWords(stats, 0), QString());
}

void NavigationModelTest::saysWhoseCertificateExpires()
{
    constexpr qint64 day = 24LL * 3600 * 1000;
    Destination one = destination(1, "Ops bridge");
    one.testState = TestState::Passed;
    one.certificate = {QByteArray(32, 'x'), QStringLiteral("a.example"), QStringLiteral("Example CA"), now + 20 * day};
    DestinationStats stats;
    stats.delivered24h = 5;
    QCOMPARE(destinationNote(one, stats, now), QStringLiteral("100 %"));
    const qint64 soon = now + 11 * day;
    QCOMPARE(destinationNote(one, stats, soon), QStringLiteral("Certificate: 9 days"));
    QCOMPARE(destinationGlyph(one, stats, soon), QStringLiteral("warning"));
    QCOMPARE(destinationColorKey(one, stats, soon), QStringLiteral("warning"));
    QVERIFY(
        destinationLines(one, stats, soon).contains(QStringLiteral("The receiver's certificate expires in 9 days")));
    const qint64 late = now + 21 * day;
    QCOMPARE(destinationNote(one, stats, late), QStringLiteral("Certificate expired"));
    QCOMPARE(destinationGlyph(one, stats, late), QStringLiteral("warning"));
    QCOMPARE(destinationColorKey(one, stats, late), QStringLiteral("error"));
    one.testState = TestState::Failed; // the certificate is why
    QCOMPARE(destinationNote(one, stats, late), QStringLiteral("Certificate expired"));
    stats.retrying = 1;
    QCOMPARE(destinationGlyph(one, stats, soon), QStringLiteral("st-retrying"));
    stats.attention = 1;
    QCOMPARE(destinationGlyph(one, stats, late), QStringLiteral("st-failed"));
    one.paused = true;
    QCOMPARE(destinationNote(one, stats, late), QStringLiteral("Paused"));
}

QTEST_GUILESS_MAIN(NavigationModelTest)
#include "tst_navigationmodel.moc"
