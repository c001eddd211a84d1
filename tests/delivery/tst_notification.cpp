// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/notification.h"

#include "delivery/vectors.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace courier;

/// What a receiver gets, byte for byte.
class NotificationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void titles_data();
    void titles();
    void titlesOfResolutions();
    void escapes_data();
    void escapes();
    void isJsonForEveryCharacter();
    void keepsContextToTheByte();
    void testAlertOfTheContract();
};

void NotificationTest::vectors_data()
{
    QTest::addColumn<int>("index");
    const auto all = test::notificationVectors();
    QVERIFY(all.size() >= 6);
    for (int i = 0; i < all.size(); ++i) {
        QTest::newRow(all.at(i).name.constData()) << i;
    }
}

void NotificationTest::vectors()
{
    QFETCH(int, index);
    const auto vector = test::notificationVectors().at(index);
    QCOMPARE(notificationBody(vector.alert, vector.resent), vector.body);
}

void NotificationTest::titles_data()
{
    QTest::addColumn<AlertType>("type");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("resent");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *what, AlertType type, const char *title, const char *name, bool resent,
                        const char *expected) {
        QTest::newRow(what) << type << QString::fromLatin1(title) << QString::fromLatin1(name) << resent
                            << QString::fromLatin1(expected);
    };
    row("rule", AlertType::Rule, "T", "N", false, "New Alert: T");
    row("rule, no title", AlertType::Rule, "", "N", false, "New Alert: N");
    row("rule, no title, no name", AlertType::Rule, "", "", false, "New Alert: I");
    row("scheduled rule", AlertType::ScheduledRule, "T", "N", false, "New Alert: T");
    row("scheduled rule, no title", AlertType::ScheduledRule, "", "N", false, "New Alert: N");
    row("system error", AlertType::SystemError, "T", "N", false, "New Alert: T");
    row("system error, no title", AlertType::SystemError, "", "", false, "New Alert: I");
    row("rule error", AlertType::RuleError, "T", "N", false, "New rule error: T");
    row("rule error, no title", AlertType::RuleError, "", "N", false, "New rule error: ");
    row("scheduled rule error", AlertType::ScheduledRuleError, "T", "N", false, "New rule error: T");
    row("policy", AlertType::Policy, "T", "N", false, "Policy Failure: N");
    row("policy, no name", AlertType::Policy, "T", "", false, "Policy Failure: I");
    row("rule, resent", AlertType::Rule, "T", "N", true, "[Re-sent]: T");
    row("rule error, resent", AlertType::RuleError, "T", "N", true, "[Re-sent]: T");
    row("policy, resent", AlertType::Policy, "T", "N", true, "[Re-sent]: T");
    row("rule, resent, no title", AlertType::Rule, "", "N", true, "[Re-sent]: ");
}

void NotificationTest::titles()
{
    QFETCH(AlertType, type);
    QFETCH(QString, title);
    QFETCH(QString, name);
    QFETCH(bool, resent);
    Alert alert;
    alert.ruleId = QStringLiteral("I");
    alert.type = type;
    alert.title = title;
    alert.name = name;
    QTEST(wireTitle(alert, resent), "expected");
    const QJsonObject sent = QJsonDocument::fromJson(notificationBody(alert, resent)).object();
    QTEST(sent.value(QLatin1String("title")).toString(), "expected");
    QCOMPARE(sent.value(QLatin1String("type")).toString(), wireName(type));
}

void NotificationTest::titlesOfResolutions()
{
    Alert alert;
    alert.ruleId = QStringLiteral("I");
    alert.type = AlertType::Policy;
    QCOMPARE(wireTitle(alert, false, DeliveryKind::Resolution), QStringLiteral("Resolved: I"));
    alert.name = QStringLiteral("N");
    QCOMPARE(wireTitle(alert, false, DeliveryKind::Resolution), QStringLiteral("Resolved: N"));
    alert.title = QStringLiteral("T");
    QCOMPARE(wireTitle(alert, false, DeliveryKind::Resolution), QStringLiteral("Resolved: T"));
    QCOMPARE(wireTitle(alert, true, DeliveryKind::Resolution), QStringLiteral("[Re-sent]: Resolved: T"));
    // All else is the alert's.
    QByteArray body = notificationBody(alert, false, DeliveryKind::Resolution);
    QCOMPARE(body.replace("Resolved: T", "Policy Failure: N"), notificationBody(alert, false));
}

void NotificationTest::escapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *what, const QString &text, const char *json) {
        QTest::newRow(what) << text << QByteArray(json);
    };
    row("quote and backslash", QStringLiteral("a\"b\\c"), R"(a\"b\\c)");
    row("slash stays", QStringLiteral("a/b</script>"), "a/b</script>");
    row("short forms", QStringLiteral("\b\f\n\r\t"), R"(\b\f\n\r\t)");
    row("other controls", QString(QChar(1)) + QChar(0x1f) + QChar(0x0b), R"(\u0001\u001f\u000b)");
    row("delete stays", QString(QChar(0x7f)), "\x7f");
    row("nul", QString(QChar(0)) + QLatin1Char('x'), R"(\u0000x)");
    row("two, three and four bytes", QStringLiteral("ü侵🚨"), "ü侵🚨");
    row("edges", QString(QChar(0x80)) + QChar(0x7ff) + QChar(0x800) + QChar(0xffff),
        "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf");
    row("lone high surrogate", QString(QChar(0xd83d)) + QLatin1Char('x'), "\xef\xbf\xbdx");
    row("lone low surrogate", QString(QChar(0xdea8)) + QLatin1Char('x'), "\xef\xbf\xbdx");
    row("high surrogate at the end", QLatin1Char('x') + QString(QChar(0xd83d)), "x\xef\xbf\xbd");
    row("two high surrogates", QString(QChar(0xd83d)) + QStringLiteral("🚨"), "\xef\xbf\xbd🚨");
}

void NotificationTest::escapes()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    Alert alert;
    alert.description = text;
    alert.tags = QStringList{text, QString(), text};
    const QByteArray body = notificationBody(alert, false);
    const QByteArray expected = R"("description":")" + json + R"(","runbook":"","tags":[")" + json + R"(","",")" +
                                json + R"("],"version":null})";
    QVERIFY2(body.endsWith(expected), body.constData());
}

// Every UTF-16 unit in turn, alone between two letters: the receiver's JSON reader gets it back, or U+FFFD.
void NotificationTest::isJsonForEveryCharacter()
{
    for (int unit = 0; unit <= 0xffff; ++unit) {
        const QChar character(static_cast<char16_t>(unit));
        Alert alert;
        alert.runbook = QLatin1Char('a') + QString(character) + QLatin1Char('b');
        const QJsonDocument json = QJsonDocument::fromJson(notificationBody(alert, false));
        const QChar expected = character.isSurrogate() ? QChar(QChar::ReplacementCharacter) : character;
        const QString got = json.object().value(QLatin1String("runbook")).toString();
        if (got != QLatin1Char('a') + QString(expected) + QLatin1Char('b')) {
            QFAIL(qPrintable(QStringLiteral("unit %1").arg(unit, 4, 16)));
        }
    }
}

void NotificationTest::keepsContextToTheByte()
{
    Alert alert;
    alert.context = "{ \"a\" : 1.0e+2,\n\t\"a\":\"\\u00e9\\/\" }";
    const QByteArray expected = R"("alertContext":)" + alert.context + R"(,"description")";
    QVERIFY(notificationBody(alert, false).contains(expected));
    alert.context.clear();
    QVERIFY(notificationBody(alert, false).contains(R"("alertContext":{},"description")"));
}

void NotificationTest::testAlertOfTheContract()
{
    const QByteArray expected = R"({"id":"Test.Alert","createdAt":"2024-05-01T12:00:00.000Z","severity":"INFO",)"
                                R"("type":"RULE","link":"","title":"New Alert: This is a Test Alert",)"
                                R"("name":"Test Alert","alertId":"Test.Alert","alertContext":{},)"
                                R"("description":"This is a Test Alert","runbook":"","tags":["test"],"version":null})";
    QCOMPARE(notificationBody(testAlert(1'714'564'800'000), false), expected);
}

QTEST_GUILESS_MAIN(NotificationTest)
#include "tst_notification.moc"
