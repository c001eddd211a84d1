// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Pictures of every page, dialog and empty place, in light and dark, from the real window with a real desk behind it.
// usage: screenshots DIR (run it with QT_QPA_PLATFORM=offscreen, or on a display)

#include "app/hands.h"
#include "app/senderrole.h"
#include "desk/bulkresend.h"
#include "desk/desk.h"
#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/alerttableview.h"
#include "gui/courierstyle.h"
#include "gui/mainwindow.h"
#include "support/scriptedreceiver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace courier;
using namespace courier::test;
using namespace std::chrono_literals;

namespace {

struct Sample
{
    Severity severity;
    AlertType type;
    const char *title;
    const char *rule;
};

constexpr Sample samples[] = {
    {Severity::Low, AlertType::Rule, "Firewall rule 4471 has had no hits for 90 days", "Firewall audit"},
    {Severity::Medium, AlertType::Rule, "Queue lag above 30 s on ingest-2", "Queue lag"},
    {Severity::Critical, AlertType::Rule, "Payment gateway unreachable", "Gateway probe"},
    {Severity::High, AlertType::ScheduledRule, "Five failed sign-ins for svc-deploy", "Failed sign-ins"},
    {Severity::Info, AlertType::ScheduledRule, "Nightly backup finished 40 min late", "Backup"},
    {Severity::Low, AlertType::Policy, "TLS certificate expires in 7 days", "Certificates"},
    {Severity::Medium, AlertType::RuleError, "KeyError: 'ip'", "API error rate"},
    {Severity::High, AlertType::Rule, "Disk 95 % full on db-03", "Disk full"},
    {Severity::Critical, AlertType::Rule, "Root login from a new country", "Root login"}};

class Studio
{
public:
    explicit Studio(const QString &directory)
        : m_directory(directory)
        , m_settings(m_data.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
    {
        QDir().mkpath(directory);
        CourierStyle::install(m_theme);
        auto desk = Desk::open(m_data.path(), m_clock);
        if (!desk) {
            qFatal("%s", qPrintable(desk.error().message));
        }
        m_desk = std::move(*desk);
        m_window = std::make_unique<MainWindow>(*m_desk, m_theme, m_settings);
        m_window->resize(1280, 800);
        m_window->show();
        m_role = std::make_unique<SenderRole>(*m_desk);
        QTest::qWait(300);
    }

    void run()
    {
        take("first-run");
        wizard();
        emptyList();
        alerts();
        narrowed();
        destinationPages();
        dialogs();
        resend();
        m_window->tryReceiver();
        QTest::qWait(800);
        take("receiver");
    }

    ~Studio()
    {
        m_role.reset();
        m_window.reset();
        m_desk.reset();
    }

private:
    void take(const char *name)
    {
        for (const auto &[look, suffix] :
             {std::pair(Theme::Appearance::Dark, "dark"), std::pair(Theme::Appearance::Light, "light")}) {
            m_theme.setAppearance(look);
            QTest::qWait(60);
            QWidget *shown = m_window.get();
            const QWidgetList windows = QApplication::topLevelWidgets();
            for (QWidget *one : windows) {
                if (one->isVisible() && one != m_window.get() && qobject_cast<QDialog *>(one)) {
                    shown = one;
                }
            }
            const QString file =
                QStringLiteral("%1/%2-%3.png").arg(m_directory, QLatin1String(name), QLatin1String(suffix));
            shown->grab().save(file);
            qInfo("%s", qPrintable(file));
        }
    }

    QWidget *dialog(const char *title)
    {
        QWidget *found = nullptr;
        if (!QTest::qWaitFor([&] { return (found = hands::window(QString::fromUtf8(title))) != nullptr; })) {
            qFatal("no window %s", title);
        }
        return found;
    }

    void click(QWidget *root, const char *name)
    {
        QWidget *button = nullptr;
        if (!QTest::qWaitFor([&] { return (button = hands::button(root, QString::fromUtf8(name))) != nullptr; })) {
            qFatal("no button %s", name);
        }
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::qWait(150);
    }

    void test(const char *outcome, const char *picture)
    {
        click(dialog("Add Destination"), "Send Test Alert");
        if (!QTest::qWaitFor([&] { return hands::says(dialog("Add Destination"), QString::fromUtf8(outcome)); })) {
            qWarning("the test did not say: %s", outcome);
        }
        QTest::qWait(150);
        take(picture);
    }

    void wizard()
    {
        m_window->openAddDestination();
        QWidget *form = dialog("Add Destination");
        QTest::qWait(150);
        take("add-destination");
        hands::type(hands::field(form, QStringLiteral("Display name")), QStringLiteral("Night SIEM"));
        hands::type(hands::field(form, QStringLiteral("Webhook URL")), QStringLiteral("siem.example.com/hooks"));
        click(form, "Add Destination");
        take("add-destination-fault");
        click(form, "Advanced");
        take("add-destination-advanced");
        security(form);
        const QString dead = QStringLiteral("http://127.0.0.1:%1/hook").arg(ScriptedReceiver::freePort());
        hands::type(hands::field(form, QStringLiteral("Webhook URL")), dead);
        click(form, "Add Destination");
        QTest::qWait(300);
        take("test-before");
        test("Could not connect", "test-refused");
        useUrl(m_unauthorized.url());
        test("401 Unauthorized", "test-401");
        useUrl(m_good.url());
        test("Received: 200 OK", "test-received");
        click(dialog("Add Destination"), "Finish Setup");
    }

    void choose(QWidget *form, const char *part, const char *box, int choice)
    {
        form->findChild<QWidget *>(QString::fromLatin1(part))
            ->findChild<QComboBox *>(QString::fromLatin1(box))
            ->setCurrentIndex(choice);
    }

    /// The security of a destination, screen by screen, and then as it was.
    void security(QWidget *form)
    {
        auto *scroll = form->findChild<QScrollArea *>();
        choose(form, "SigningFields", "scheme", 1);
        choose(form, "AuthenticationFields", "scheme", 3);
        choose(form, "ProxyFields", "kind", 2);
        click(form, "Generate signing secret");
        const QSize size = form->size();
        scroll->ensureWidgetVisible(form->findChild<QWidget *>(QStringLiteral("AuthenticationFields")), 0, 0);
        QTest::qWait(100);
        take("add-destination-security");
        form->resize(960, 600);
        scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
        QTest::qWait(100);
        take("add-destination-security-960x600");
        form->resize(size);
        choose(form, "SigningFields", "scheme", 2);
        click(form, "Generate signing secret");
        click(form, "Show the signing secret");
        take("add-destination-security-ed25519");
        choose(form, "SigningFields", "scheme", 0);
        choose(form, "AuthenticationFields", "scheme", 0);
        choose(form, "ProxyFields", "kind", 0);
    }

    void useUrl(const QString &url)
    {
        click(dialog("Add Destination"), "Back to Configuration");
        hands::type(hands::field(dialog("Add Destination"), QStringLiteral("Webhook URL")), url);
        click(dialog("Add Destination"), "Update Destination");
        QTest::qWait(200);
    }

    void emptyList()
    {
        m_window->showAlerts();
        QTest::qWait(200);
        take("no-alerts");
    }

    void addDestination(const QString &name, const QString &url, SeveritySet severities, int retries = 10,
                        bool paused = false)
    {
        Destination destination;
        destination.name = name;
        destination.url = url;
        destination.severities = severities;
        destination.maxRetries = retries;
        const auto added = m_desk->addDestination(destination).result();
        if (paused && added) {
            m_desk->setPaused(added->id, true).waitForFinished();
        }
        QTest::qWait(300);
    }

    void alerts()
    {
        const SeveritySet all = SeveritySet::all();
        addDestination(QStringLiteral("Ops bridge"), m_good.url(), all);
        addDestination(QStringLiteral("Legacy SIEM"), m_unauthorized.url(), {Severity::Critical, Severity::High}, 0);
        addDestination(QStringLiteral("Audit lake"), m_failing.url(), {Severity::Medium, Severity::Critical});
        addDestination(QStringLiteral("Night desk"), m_good.url(), {Severity::High}, 10, true);
        for (const Sample &sample : samples) {
            Alert alert;
            alert.source = QStringLiteral("Import");
            alert.ruleId = QString::fromUtf8(sample.rule).replace(QLatin1Char(' '), QLatin1Char('.'));
            alert.name = QString::fromUtf8(sample.rule);
            alert.createdAt = rfc3339(m_clock.nowUtc());
            alert.severity = sample.severity;
            alert.type = sample.type;
            alert.title = QString::fromUtf8(sample.title);
            alert.context = QByteArrayLiteral("{\"ip\":\"203.0.113.7\",\"attempts\":3}");
            m_desk->accept({alert}).waitForFinished();
            QTest::qWait(20);
        }
        QTest::qWait(1500);
        m_window->alertsPage().table().selectRow(0);
        QTest::qWait(500);
        m_window->alertsPage().focusTable();
        take("main");
        m_window->alertsPage().setDetailsBeside(true);
        QTest::qWait(300);
        take("main-details-right");
        m_window->alertsPage().setDetailsBeside(false);
        m_window->resize(960, 600);
        QTest::qWait(300);
        take("main-960x600");
        m_window->resize(1280, 800);
        m_window->alertsPage().details().showWhyTab();
        QTest::qWait(300);
        take("why-these-destinations");
        m_window->alertsPage().details().focusTree();
    }

    void search(const QString &text)
    {
        hands::type(hands::field(m_window.get(), QStringLiteral("Search alerts")), text);
        QTest::qWait(500);
    }

    void narrowed()
    {
        search(QStringLiteral("no such words"));
        take("search-finds-nothing");
        search(QStringLiteral("severity:urgent"));
        take("search-fault");
        search(QString());
    }

    void destinationPages()
    {
        for (const Destination &one : m_desk->destinations()) {
            if (one.name == QLatin1String("Legacy SIEM") || one.name == QLatin1String("Night desk")) {
                m_window->showDestination(one.id);
                QTest::qWait(600);
                take(one.paused ? "destination-paused" : "destination");
            }
        }
        m_window->showAlerts();
        QTest::qWait(200);
    }

    void close(const char *title, const char *button)
    {
        click(dialog(title), button);
        QTest::qWait(150);
    }

    void dialogs()
    {
        m_window->openNewAlert();
        QWidget *alert = dialog("New Alert");
        hands::type(hands::field(alert, QStringLiteral("Title")), QStringLiteral("Disk 95 % full on db-03"));
        hands::type(hands::field(alert, QStringLiteral("Rule id")), QStringLiteral("Disk.Full"));
        auto *context = qobject_cast<QPlainTextEdit *>(hands::field(alert, QStringLiteral("Context (JSON)")));
        context->setPlainText(QStringLiteral("{\n  \"host\": \"db-03\",\n  \"region\": \"eu\"\n  \"free_gib\": 11\n}"));
        QTest::qWait(400);
        take("new-alert");
        close("New Alert", "Cancel");

        QFile file(m_data.filePath(QStringLiteral("alerts.ndjson")));
        if (file.open(QIODevice::WriteOnly)) {
            file.write("{\"id\":\"A\",\"severity\":\"LOW\",\"title\":\"from a file\"}\n{\"id\":\"B\"}\n"
                       "{\"id\":\"C\",\"severity\":\"URGENT\"}\n{\"id\":\"D\",\"severity\":\"INFO\"\n");
            file.close();
        }
        m_window->openImport(file.fileName());
        QTest::qWait(800);
        take("import");
        close("Import", "Close");
        settings();
    }

    void settings()
    {
        m_window->openSettings();
        auto *tabs = dialog("Settings")->findChild<QTabWidget *>();
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            QTest::qWait(200);
            const QString title = tabs->tabText(i).remove(u'&').replace(u' ', u'-').toLower();
            take(qPrintable(QStringLiteral("settings-") + title));
        }
        close("Settings", "Cancel");
    }

    void resend()
    {
        m_window->showAlerts();
        m_window->openResend();
        QTest::qWait(500);
        take("resend-confirm");
        Answer slow = Answer::ok();
        slow.delay = 700ms;
        m_unauthorized.setAnswer(slow);
        QTest::mouseClick(dialog("Resend")->findChild<QAbstractButton *>(QStringLiteral("confirm")), Qt::LeftButton);
        QTest::qWait(400);
        take("resend-progress");
        if (!QTest::qWaitFor([this] { return m_desk->runningResend()->isOver(); }, 20'000)) {
            qWarning("the resend did not end");
        }
        QTest::qWait(300);
        take("resend-result");
    }

    QString m_directory;
    QTemporaryDir m_data;
    SystemClock m_clock;
    QSettings m_settings;
    Theme m_theme;
    ScriptedReceiver m_good{Answer::ok("{\"ok\":true,\"id\":\"evt_5512\"}")};
    ScriptedReceiver m_unauthorized{
        Answer::withStatus(401, "Unauthorized", "{\"error\":\"token expired\",\"code\":4011}")};
    ScriptedReceiver m_failing{Answer::withStatus(503, "Service Unavailable", "busy")};
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SenderRole> m_role;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc != 2) {
        qCritical("usage: screenshots DIR");
        return 2;
    }
    Studio(QString::fromLocal8Bit(argv[1])).run();
    return 0;
}
