// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificatemaker.h"
#include "delivery/certificates.h"
#include "delivery/signature.h"
#include "delivery/tlsreceiver.h"
#include "gui/destinationform.h"
#include "gui/destinationpage.h"
#include "gui/destinationsecuritywords.h"
#include "gui/destinationwizard.h"
#include "gui/headerstable.h"
#include "guidesk.h"
#include "support/nokeyring.h"
#include "support/smallproxy.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QMessageAuthenticationCode>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QWheelEvent>

using namespace courier;
using namespace courier::test;

namespace {

const QString forUs = QStringLiteral("IP:127.0.0.1");

/// Add Destination or Edit Destination over a desk that keeps secrets in a file, Advanced shown.
class Opened
{
public:
    explicit Opened(GuiDesk &desk, const std::optional<Destination> &edited = {})
        : wizard(edited ? new DestinationWizard(*desk.desk, *edited, &window)
                        : new DestinationWizard(*desk.desk, &window))
    {
        window.resize(960, 600);
        window.show();
        wizard->open();
        wizard->activateWindow();
        QTest::qWait(50);
        press("Advanced");
    }

    /// The shown field with this name; a combo box is known by its label.
    QWidget *field(const QString &name)
    {
        for (const QAccessible::Role role : {QAccessible::EditableText, QAccessible::SpinBox, QAccessible::CheckBox}) {
            if (QAccessibleInterface *found = reading(*wizard, role, name)) {
                return qobject_cast<QWidget *>(found->object());
            }
        }
        const QList<QComboBox *> boxes = wizard->findChildren<QComboBox *>();
        for (QComboBox *box : boxes) {
            if (box->isVisible() && labelOf(box) == name) {
                return box;
            }
        }
        return nullptr;
    }
    QLineEdit *line(const char *name) { return qobject_cast<QLineEdit *>(field(QString::fromUtf8(name))); }
    bool has(const char *name) { return field(QString::fromUtf8(name)) != nullptr; }
    void type(const char *name, const QString &text)
    {
        QWidget *into = field(QString::fromUtf8(name));
        QVERIFY2(into, name);
        into->setFocus();
        QTest::keyClick(into, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(into, Qt::Key_Delete);
        QTest::keyClicks(into, text);
        QTest::keyClick(into, Qt::Key_Tab);
    }
    /// As assistive programs do.
    void put(const char *name, const QString &text)
    {
        QWidget *into = field(QString::fromUtf8(name));
        QVERIFY2(into, name);
        QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(into);
        seen->editableTextInterface()->replaceText(0, seen->textInterface()->characterCount(), text);
    }
    /// By the keyboard, as far down as it takes.
    void choose(const char *name, const char *choice)
    {
        auto *box = qobject_cast<QComboBox *>(field(QString::fromUtf8(name)));
        QVERIFY2(box, name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < box->count() && box->currentText() != QString::fromUtf8(choice); ++i) {
            QTest::keyClick(box, Qt::Key_Down);
        }
        QCOMPARE(box->currentText(), QString::fromUtf8(choice));
    }
    QPushButton *named(const char *name)
    {
        QAccessibleInterface *found = reading(*wizard, QAccessible::Button, QString::fromUtf8(name));
        return found ? qobject_cast<QPushButton *>(found->object()) : nullptr;
    }
    void pressNamed(const char *name)
    {
        QPushButton *found = named(name);
        QVERIFY2(found && found->isEnabled(), name);
        QApplication::processEvents(); // what has just been shown gets its place
        wizard->findChild<QScrollArea *>()->ensureWidgetVisible(found);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    bool press(const char *text) { return test::press(*wizard, text); }
    bool says(const QString &text) { return test::says(*wizard, text); }
    DestinationForm &form() { return *wizard->findChild<DestinationForm *>(); }
    Destination value() { return form().value(); }
    /// Scrolls so that a part of the form is seen.
    void scrollTo(const char *part)
    {
        QApplication::processEvents();
        const QWidget *shown = form().findChild<QWidget *>(QString::fromUtf8(part));
        wizard->findChild<QScrollArea *>()->verticalScrollBar()->setValue(
            shown->mapTo(wizard->findChild<QScrollArea *>()->widget(), QPoint()).y());
    }
    static QString focused()
    {
        QWidget *focus = QApplication::focusWidget();
        return focus ? QAccessible::queryAccessibleInterface(focus)->text(QAccessible::Name) : QString();
    }

    QWidget window;
    QPointer<DestinationWizard> wizard;
};

Destination bearer(const QString &url)
{
    Destination destination;
    destination.name = QStringLiteral("Kept");
    destination.url = url;
    destination.severities = SeveritySet::all();
    destination.maxRetries = 0;
    destination.security.authentication.scheme = AuthScheme::Bearer;
    destination.security.signing.scheme = SigningScheme::StandardHmac;
    return destination;
}

const QByteArray oldSecret = "whsec_" + QByteArray(32, 'a').toBase64();

bool isSigned(const Request &request, const QByteArray &secret)
{
    const QByteArray content =
        request.header("webhook-id") + '.' + request.header("webhook-timestamp") + '.' + request.body;
    const QByteArray key = QByteArray::fromBase64(secret.mid(6));
    const QByteArray wanted =
        "v1," + QMessageAuthenticationCode::hash(content, key, QCryptographicHash::Sha256).toBase64();
    return request.header("webhook-signature").split(' ').contains(wanted);
}

} // namespace

/// The security settings of a destination in its form: what is entered, what is kept, what is refused, and that it is
/// what goes over the wire.
class TestSecurityFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void showsWhatASchemeNeeds()
    {
        GuiDesk desk;
        Opened opened(desk);
        for (const char *name : {"Signing", "Authentication", "Certificate authority", "Pinned certificate",
                                 "Client certificate", "Proxy"}) {
            QVERIFY2(opened.has(name), name);
        }
        for (const char *name :
             {"Signing secret", "User name", "Password", "Token", "Token URL", "Client ID", "Client secret", "Scope",
              "Proxy host", "Proxy port", "Proxy user", "Proxy password", "Passphrase", "Private key", "Overlap"}) {
            QVERIFY2(!opened.has(name), name);
        }
        opened.choose("Signing", "Standard Webhooks (HMAC)");
        QVERIFY(opened.has("Signing secret") && opened.has("Overlap"));
        opened.choose("Signing", "GitHub style");
        QVERIFY(opened.has("Signing secret") && !opened.has("Overlap"));
        opened.choose("Signing", "Own header and prefix");
        QVERIFY(opened.has("Signature header") && opened.has("Signature prefix"));
        opened.choose("Authentication", "Basic");
        QVERIFY(opened.has("User name") && opened.has("Password") && !opened.has("Token"));
        opened.choose("Authentication", "Bearer");
        QVERIFY(opened.has("Token") && !opened.has("Password"));
        opened.choose("Authentication", "OAuth 2 client credentials");
        for (const char *name : {"Token URL", "Client ID", "Client secret", "Scope"}) {
            QVERIFY2(opened.has(name), name);
        }
        opened.choose("Proxy", "SOCKS5");
        QVERIFY(opened.has("Proxy host") && opened.has("Proxy port") && opened.has("Proxy user"));
        QVERIFY(!opened.has("Proxy password"));
        opened.type("Proxy user", QStringLiteral("me"));
        QVERIFY(opened.has("Proxy password"));
    }

    void scrollingChangesNothing()
    {
        GuiDesk desk;
        Opened opened(desk);
        auto *box = qobject_cast<QComboBox *>(opened.field(QStringLiteral("Signing")));
        opened.scrollTo("SigningFields");
        const auto turn = [box](int by) {
            const QPointF middle = QRectF(box->rect()).center();
            QWheelEvent wheel(middle, box->mapToGlobal(middle), {}, {0, by}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(box, &wheel);
        };
        turn(-120);
        QCOMPARE(box->currentText(), QStringLiteral("None"));
        QVERIFY(!box->hasFocus());
        box->setFocus();
        turn(-120);
        QCOMPARE(box->currentText(), QStringLiteral("Standard Webhooks (HMAC)"));
    }

    void tabGoesDownTheSection()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.choose("Signing", "Standard Webhooks (HMAC)");
        opened.choose("Authentication", "Basic");
        opened.field(QStringLiteral("Signing"))->setFocus();
        QStringList order;
        for (int i = 0; i < 13; ++i) {
            order.append(Opened::focused());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList wanted{QStringLiteral("Standard Webhooks (HMAC)"),
                                 QStringLiteral("Signing secret"),
                                 QStringLiteral("Generate signing secret"),
                                 QStringLiteral("Overlap"),
                                 QStringLiteral("Basic"),
                                 QStringLiteral("User name"),
                                 QStringLiteral("Password"),
                                 QStringLiteral("Certificate authority"),
                                 QStringLiteral("Choose file: Certificate authority"),
                                 QStringLiteral("Pinned certificate"),
                                 QStringLiteral("Client certificate"),
                                 QStringLiteral("Choose file: Client certificate"),
                                 QStringLiteral("System")};
        QCOMPARE(order, wanted);
    }

    void givesWhatWasEntered()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.choose("Signing", "Own header and prefix");
        opened.type("Signature header", QStringLiteral("X-Sig"));
        opened.type("Signature prefix", QStringLiteral("v0="));
        opened.type("Signing secret", QStringLiteral("  shared  "));
        opened.choose("Authentication", "OAuth 2 client credentials");
        opened.type("Token URL", QStringLiteral("https://login.example.com/token"));
        opened.type("Client ID", QStringLiteral("courier"));
        opened.type("Client secret", QStringLiteral("s3cret"));
        opened.type("Scope", QStringLiteral("alerts write"));
        opened.choose("Proxy", "HTTP");
        opened.type("Proxy host", QStringLiteral("proxy.example.com"));
        opened.type("Proxy port", QStringLiteral("8080"));
        opened.type("Proxy user", QStringLiteral("me"));
        opened.type("Proxy password", QStringLiteral(" p "));
        const DestinationSecurity security = opened.value().security;
        QCOMPARE(security.signing.header, QByteArray("X-Sig"));
        QCOMPARE(security.signing.prefix, QByteArray("v0="));
        QCOMPARE(security.authentication, (Authentication{AuthScheme::OAuth2,
                                                          {},
                                                          QStringLiteral("https://login.example.com/token"),
                                                          QStringLiteral("courier"),
                                                          QStringLiteral("alerts write")}));
        QCOMPARE(security.proxy,
                 (ProxySettings{ProxyKind::Http, QStringLiteral("proxy.example.com"), 8080, QStringLiteral("me")}));
        const SecretChanges changes = opened.form().secretChanges();
        const QHash<SecretKind, QByteArray> wanted{{SecretKind::SigningSecret, "shared"},
                                                   {SecretKind::ClientSecret, "s3cret"},
                                                   {SecretKind::ProxyPassword, " p "}};
        QCOMPARE(changes.values, wanted);
        opened.choose("Authentication", "None");
        opened.choose("Signing", "None");
        opened.choose("Proxy", "System");
        QVERIFY(opened.form().secretChanges().isEmpty());
        QCOMPARE(opened.value().security, DestinationSecurity());
    }

    void refusesWhatIsWrongAtItsField_data()
    {
        QTest::addColumn<QByteArray>("box");
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *box, const char *scheme, const char *name, const QString &typed,
                            const QString &said) {
            QTest::addRow("%s: %s", name, qPrintable(typed.left(12)))
                << QByteArray(box) << QByteArray(scheme) << QByteArray(name) << typed << said;
        };
        row("Signing", "Standard Webhooks (HMAC)", "Signing secret", QStringLiteral("abc"),
            QStringLiteral("The secret has to begin with whsec_."));
        row("Signing", "Standard Webhooks (HMAC)", "Signing secret", QStringLiteral("whsec_YWJj"),
            QStringLiteral("The secret stands for 3 bytes; it has to be 24 to 64."));
        row("Signing", "Standard Webhooks (Ed25519)", "Signing secret", QStringLiteral("whpk_YWJj"),
            QStringLiteral("This is the public key, which goes to the receiver. The secret begins with whsk_."));
        row("Signing", "Own header and prefix", "Signature header", QStringLiteral("Host"),
            QStringLiteral("Host is set by Alert Courier itself and can't be changed."));
        row("Authentication", "Basic", "User name", QStringLiteral("a:b"),
            QStringLiteral("A user name can't have a colon: it ends the name."));
        row("Authentication", "OAuth 2 client credentials", "Token URL", QStringLiteral("login"),
            QStringLiteral("The token endpoint: Enter a full address that starts with https:// or http://."));
        row("Authentication", "OAuth 2 client credentials", "Client ID", QString(),
            QStringLiteral("Enter the client's id, as the token endpoint knows it."));
        row("Authentication", "None", "Pinned certificate", QStringLiteral("AB:CD"),
            QStringLiteral("A certificate's SHA-256 has 64 hexadecimal digits."));
        row("Authentication", "None", "Certificate authority", QStringLiteral("/nowhere/ca.pem"),
            QStringLiteral("There is no such file."));
        row("Authentication", "None", "Certificate authority", QStringLiteral("/dev/null"),
            QStringLiteral("This can't be read: it is no file."));
        row("Authentication", "None", "Client certificate", QStringLiteral("/nowhere/me.p12"),
            QStringLiteral("There is no such file."));
        row("Proxy", "HTTP", "Proxy host", QStringLiteral("http://proxy"),
            QStringLiteral("Enter the proxy's host alone, as in proxy.example.com."));
        row("Proxy", "HTTP", "Proxy user", QStringLiteral("a:b"),
            QStringLiteral("Use a user name of at most 255 characters, without colons and line breaks."));
    }

    void refusesWhatIsWrongAtItsField()
    {
        QFETCH(QByteArray, box);
        QFETCH(QByteArray, scheme);
        QFETCH(QByteArray, name);
        QFETCH(QString, typed);
        QFETCH(QString, said);
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Wrong"));
        typeInto(*opened.wizard, "url", QStringLiteral("https://example.test/hook"));
        opened.choose(box.constData(), scheme.constData());
        if (scheme == "HTTP" && name != "Proxy host") {
            opened.type("Proxy host", QStringLiteral("proxy.example.com"));
        }
        opened.type(name.constData(), typed);
        QVERIFY2(opened.says(said), qPrintable(said)); // once it is left
        QLineEdit *line = opened.line(name.constData());
        QCOMPARE(line->property("fault").toString(), QStringLiteral("error"));
        QCOMPARE(line->accessibleDescription(), said);
        if (scheme == "None" || scheme == "HTTP" || scheme == "Basic") {
            QVERIFY(opened.press("Add Destination"));
            QTRY_COMPARE(opened.focused(), QString::fromUtf8(name));
            QVERIFY(desk.desk->destinations().isEmpty());
        }
    }

    void asksForASecretThatIsNeeded()
    {
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Wanting"));
        typeInto(*opened.wizard, "url", QStringLiteral("https://example.test/hook"));
        opened.choose("Signing", "Standard Webhooks (HMAC)");
        opened.choose("Authentication", "Bearer");
        QVERIFY(opened.press("Advanced")); // hidden again: it is shown where something in it is wrong
        QVERIFY(!opened.has("Token"));
        QVERIFY(opened.press("Add Destination"));
        QTRY_COMPARE(opened.focused(), QStringLiteral("Signing secret"));
        QVERIFY(opened.says(QStringLiteral("Enter the signing secret.")));
        QVERIFY(opened.says(QStringLiteral("Enter the token.")));
        opened.pressNamed("Generate signing secret");
        QVERIFY(!opened.says(QStringLiteral("Enter the signing secret.")));
        opened.type("Token", QStringLiteral("t"));
        QVERIFY(!opened.says(QStringLiteral("Enter the token.")));
    }

    void makesCopiesAndShowsASecret()
    {
        GuiDesk desk;
        Opened opened(desk);
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        opened.choose("Signing", "Standard Webhooks (HMAC)");
        QVERIFY(!opened.named("Copy signing secret")->isEnabled());
        opened.pressNamed("Generate signing secret");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
        QLineEdit *secret = opened.line("Signing secret");
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        QVERIFY(checkSigningSecret(SigningScheme::StandardHmac, secret->text().toUtf8()));
        opened.pressNamed("Show the signing secret");
        QCOMPARE(secret->echoMode(), QLineEdit::Normal);
        opened.pressNamed("Hide the signing secret");
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        opened.pressNamed("Copy signing secret");
        QCOMPARE(QGuiApplication::clipboard()->text(), secret->text());
        opened.choose("Signing", "Standard Webhooks (Ed25519)");
        opened.pressNamed("Generate signing secret");
        opened.pressNamed("Copy public key");
        const QByteArray key = *signingPublicKey(opened.line("Signing secret")->text().toUtf8());
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), key);
        QVERIFY(opened.says(QString(QLatin1String("The receiver checks with ") + QString::fromLatin1(key))));
        QGuiApplication::clipboard()->clear();
    }

    void sendsWhatWasSetUp()
    {
        GuiDesk desk;
        allowFile(desk);
        ScriptedReceiver receiver(Answer::ok());
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Signed"));
        typeInto(*opened.wizard, "url", receiver.url());
        opened.choose("Signing", "Standard Webhooks (HMAC)");
        opened.pressNamed("Generate signing secret");
        const QByteArray secret = opened.line("Signing secret")->text().toUtf8();
        opened.choose("Authentication", "Bearer");
        opened.type("Token", QStringLiteral("t0ken"));
        QVERIFY(opened.press("Add Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        const Request request = receiver.requests().constFirst();
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer t0ken"));
        QVERIFY(isSigned(request, secret));
        QVERIFY(opened.press("Back to Configuration"));
        QCOMPARE(opened.line("Token")->text(), QString());
        QCOMPARE(opened.line("Token")->placeholderText(), QStringLiteral("Stored"));
        QVERIFY(opened.line("Token")->isReadOnly());
        QTRY_COMPARE(desk.desk->destinations().size(), 1);
        const Destination stored = desk.desk->destinations().constFirst();
        DestinationPage page(*desk.desk);
        page.setDestination(stored.id);
        page.show();
        QVERIFY(says(page, QStringLiteral("Signed with Standard Webhooks (HMAC); bearer token")));
    }

    void keepsWhatWasNotTouched()
    {
        GuiDesk desk;
        const Destination stored = keep(desk, bearer(QStringLiteral("https://example.test/hook")));
        Opened opened(desk, stored);
        QVERIFY(opened.form().secretChanges().isEmpty());
        QCOMPARE(opened.value().security, stored.security);
        typeInto(*opened.wizard, "name", QStringLiteral("Renamed"));
        QVERIFY(opened.press("Update Destination"));
        QTRY_COMPARE(desk.desk->destination(stored.id)->name, QStringLiteral("Renamed"));
        QCOMPARE(desk.desk->destination(stored.id)->secrets, stored.secrets);
    }

    void showsAStoredSecretToWhoAsks()
    {
        GuiDesk desk;
        const Destination stored = keep(desk, bearer(QStringLiteral("https://example.test/hook")));
        Opened opened(desk, stored);
        QLineEdit *token = opened.line("Token");
        QCOMPARE(token->text(), QString());
        opened.pressNamed("Show the token");
        QTRY_COMPARE(token->text(), QStringLiteral("t0ken"));
        QVERIFY(token->isReadOnly());
        QVERIFY(opened.form().secretChanges().isEmpty());
        opened.pressNamed("Hide the token");
        QCOMPARE(token->text(), QString());
        opened.pressNamed("Copy signing secret");
        QTRY_COMPARE(QGuiApplication::clipboard()->text().toUtf8(), oldSecret);
        QGuiApplication::clipboard()->clear();
        opened.pressNamed("Replace the token");
        QTRY_COMPARE(opened.focused(), QStringLiteral("Token"));
        QVERIFY(!token->isReadOnly());
        QVERIFY(opened.press("Update Destination"));
        QVERIFY(opened.says(QStringLiteral("Enter the token.")));
        opened.pressNamed("Keep the token");
        QVERIFY(!opened.says(QStringLiteral("Enter the token.")));
        QVERIFY(opened.form().secretChanges().isEmpty());
    }

    void saysWhyAStoredSecretCannotBeShown()
    {
        GuiDesk desk;
        const Destination stored = keep(desk, bearer(QStringLiteral("https://example.test/hook")));
        QVERIFY(QFile::remove(desk.desk->secrets().privateFilePath()));
        Opened opened(desk, stored);
        const auto why = desk.desk->secrets().read(stored.secrets.id);
        QTRY_VERIFY(why.isFinished());
        opened.pressNamed("Show the token");
        QTRY_VERIFY(opened.says(why.result().error().message));
        QCOMPARE(opened.line("Token")->text(), QString());
    }

    void removesAPassword()
    {
        GuiDesk desk;
        Destination basic = bearer(QStringLiteral("https://example.test/hook"));
        basic.security.signing = {};
        basic.security.authentication = {AuthScheme::Basic, QStringLiteral("me"), {}, {}, {}};
        const Destination stored = keep(desk, basic, {{{SecretKind::Password, "p"}}, {}});
        Opened opened(desk, stored);
        opened.pressNamed("Remove the password");
        QVERIFY(opened.press("Update Destination"));
        QTRY_VERIFY(!desk.desk->destination(stored.id)->secrets.exist());
    }

    void rotatesTheSigningSecret()
    {
        GuiDesk desk;
        ScriptedReceiver receiver(Answer::ok());
        const Destination stored = keep(desk, bearer(receiver.url()));
        Opened opened(desk, stored);
        opened.pressNamed("Replace the signing secret");
        opened.pressNamed("Generate signing secret");
        const QByteArray secret = opened.line("Signing secret")->text().toUtf8();
        opened.type("Overlap", QStringLiteral("48"));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        const Request both = receiver.requests().constLast();
        QVERIFY(isSigned(both, secret));
        QVERIFY(isSigned(both, oldSecret));
        QTRY_COMPARE(desk.desk->destination(stored.id)->security.signing.overlapHours, 48);
        QVERIFY(opened.press("Back to Configuration"));
        auto *end = qobject_cast<QCheckBox *>(opened.form().findChild<QWidget *>(QStringLiteral("endBefore")));
        QVERIFY(end->isVisible());
        QVERIFY(end->text().startsWith(QStringLiteral("Stop signing with the secret before")));
        opened.scrollTo("SigningFields");
        m_look->shoot(*opened.wizard, QStringLiteral("security-rotation"));
        QTest::keyClick(end, Qt::Key_Space);
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_COMPARE(receiver.requestCount(), 2);
        QVERIFY(isSigned(receiver.requests().constLast(), secret));
        QVERIFY(!isSigned(receiver.requests().constLast(), oldSecret));
    }

    void wantsAnotherSecretForAnotherScheme()
    {
        GuiDesk desk;
        const Destination stored = keep(desk, bearer(QStringLiteral("https://example.test/hook")));
        Opened opened(desk, stored);
        opened.choose("Signing", "Standard Webhooks (Ed25519)");
        QVERIFY(!opened.line("Signing secret")->isReadOnly());
        QVERIFY(opened.press("Update Destination"));
        QVERIFY(opened.says(QStringLiteral("Enter the signing secret.")));
        opened.choose("Signing", "Standard Webhooks (HMAC)");
        QCOMPARE(opened.line("Signing secret")->placeholderText(), QStringLiteral("Stored"));
    }

    void trustsAnAuthorityOfItsOwn()
    {
        const Identity authority = m_maker.authority(QStringLiteral("Example CA"));
        TlsReceiver receiver(serverConfiguration(m_maker.issued(authority, QStringLiteral("receiver"), forUs)));
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Own CA"));
        typeInto(*opened.wizard, "url", receiver.url());
        opened.type("Certificate authority", authority.certificateFile);
        QVERIFY(opened.says(QStringLiteral("Only Example CA (valid until ")));
        QVERIFY(opened.press("Add Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        QVERIFY(opened.press("Back to Configuration"));
        QCOMPARE(opened.line("Certificate authority")->placeholderText(), QStringLiteral("Stored"));
        QVERIFY(opened.says(QStringLiteral("Only Example CA (valid until ")));
        opened.pressNamed("Remove: Certificate authority");
        QVERIFY(opened.value().security.tls.authorityPem.isEmpty());
        opened.type("Certificate authority", authority.keyFile);
        QVERIFY(opened.says(QStringLiteral("There is no certificate in PEM, or one that can't be read.")));
    }

    void pinsTheCertificateThatWasSeen()
    {
        const Identity alone = m_maker.selfSigned(QStringLiteral("alone"), forUs);
        TlsReceiver receiver(serverConfiguration(alone));
        GuiDesk desk;
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Pinned"));
        typeInto(*opened.wizard, "url", receiver.url());
        QVERIFY(!opened.named("Pin Certificate Seen"));
        QVERIFY(opened.press("Add Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Finishing now marks it “Last test failed”.")));
        QVERIFY(opened.press("Back to Configuration"));
        const QString seen = fingerprint(alone.sha256());
        QTRY_VERIFY(opened.says(QString(QLatin1String("The receiver showed ") + seen.left(47))));
        opened.scrollTo("TlsFields");
        m_look->shoot(*opened.wizard, QStringLiteral("security-seen"));
        opened.pressNamed("Pin Certificate Seen");
        QCOMPARE(opened.line("Pinned certificate")->text(), seen);
        QVERIFY(!opened.named("Pin Certificate Seen"));
        QVERIFY(opened.press("Update Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        QTRY_COMPARE(desk.desk->destinations().size(), 1);
        QTRY_COMPARE(desk.desk->destinations().constFirst().security.tls.pinnedSha256, alone.sha256());
    }

    void showsAClientCertificate()
    {
        const Identity authority = m_maker.authority(QStringLiteral("Example CA"));
        const Identity client = m_maker.issued(authority, QStringLiteral("courier-7"), QStringLiteral("DNS:courier"));
        QSslConfiguration wanting = serverConfiguration(m_maker.issued(authority, QStringLiteral("receiver"), forUs));
        wanting.setPeerVerifyMode(QSslSocket::VerifyPeer);
        wanting.setCaCertificates({authority.certificate()});
        TlsReceiver receiver(wanting);
        GuiDesk desk;
        allowFile(desk);
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Client"));
        typeInto(*opened.wizard, "url", receiver.url());
        opened.type("Certificate authority", authority.certificateFile);
        opened.type("Client certificate", pkcs12File(client, QStringLiteral("open me")));
        QVERIFY(opened.says(QStringLiteral("Enter the passphrase that opens the file.")));
        opened.type("Passphrase", QStringLiteral("wrong"));
        QVERIFY(opened.says(QStringLiteral("This PKCS #12 file can't be opened")));
        opened.type("Passphrase", QStringLiteral("open me"));
        QVERIFY(opened.says(QStringLiteral("courier-7 (valid until ")));
        opened.scrollTo("TlsFields");
        m_look->shoot(*opened.wizard, QStringLiteral("security-client"));
        QVERIFY(opened.press("Add Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        QCOMPARE(receiver.clients().constLast(), client.certificate());
        QTRY_COMPARE(desk.desk->destinations().size(), 1);
        const Destination stored = desk.desk->destinations().constFirst();
        QVERIFY(!stored.security.tls.certificatePem.contains("PRIVATE KEY"));
        QVERIFY(stored.secrets.kinds.contains(SecretKind::PrivateKey));
        QVERIFY(opened.press("Back to Configuration"));
        QVERIFY(opened.form().secretChanges().isEmpty());
        opened.pressNamed("Remove: Client certificate");
        QVERIFY(opened.press("Update Destination"));
        QTRY_VERIFY(!desk.desk->destination(stored.id)->secrets.exist());
    }

    void takesCertificateAndKeyInPem()
    {
        const Identity client = m_maker.selfSigned(QStringLiteral("courier-8"));
        const Identity other = m_maker.selfSigned(QStringLiteral("other"));
        GuiDesk desk;
        Opened opened(desk);
        opened.type("Client certificate", client.certificateFile);
        QVERIFY(opened.says(QStringLiteral("Choose the file that holds the certificate's private key.")));
        opened.type("Private key", other.keyFile);
        QVERIFY(opened.says(QStringLiteral("The private key doesn't belong to the certificate.")));
        opened.type("Private key", client.keyFile);
        QVERIFY(!opened.says(QStringLiteral("The private key doesn't belong")));
        QCOMPARE(opened.value().security.tls.certificatePem, client.certificate().toPem());
        QVERIFY(opened.form().secretChanges().values.value(SecretKind::PrivateKey).contains("PRIVATE KEY"));
        opened.type("Client certificate", file("both.pem", client.certificatePem + client.keyPem));
        QVERIFY(!opened.has("Private key"));
        QVERIFY(opened.form().secretChanges().values.contains(SecretKind::PrivateKey));
        opened.type("Client certificate", file("notes.txt", "nothing of the kind"));
        QVERIFY(opened.says(QStringLiteral("This is neither a PKCS #12 file nor one in PEM.")));
    }

    // By an assistive program: whole at once, without a key, and no field is left.
    void takesWhatIsPutIntoAField()
    {
        const Identity client = m_maker.selfSigned(QStringLiteral("courier-9"));
        GuiDesk desk;
        Opened opened(desk);
        opened.put("Client certificate", pkcs12File(client, QStringLiteral("open me")));
        QVERIFY(opened.says(QStringLiteral("Enter the passphrase that opens the file.")));
        opened.put("Passphrase", QStringLiteral("wrong"));
        QVERIFY(opened.says(QStringLiteral("This PKCS #12 file can't be opened")));
        opened.put("Passphrase", QStringLiteral("open me"));
        QVERIFY(opened.says(QStringLiteral("courier-9 (valid until ")));
        QVERIFY(opened.form().secretChanges().values.contains(SecretKind::PrivateKey));
        opened.put("Certificate authority", client.certificateFile);
        QVERIFY(opened.says(QStringLiteral("Only courier-9 (valid until ")));
        opened.choose("Authentication", "Bearer");
        QVERIFY(!opened.named("Show the token")->isEnabled());
        opened.put("Token", QStringLiteral("t0ken"));
        QVERIFY(opened.named("Show the token")->isEnabled());
    }

    void goesByAProxyOfItsOwn()
    {
        SmallProxy::Options login;
        login.user = "me";
        login.password = "p";
        SmallProxy proxy(SmallProxy::Kind::Http, login);
        ScriptedReceiver receiver(Answer::ok());
        proxy.addName("receiver.test:80", receiver.port());
        GuiDesk desk;
        allowFile(desk);
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Proxied"));
        typeInto(*opened.wizard, "url", QStringLiteral("http://receiver.test/hook"));
        opened.choose("Proxy", "HTTP");
        opened.type("Proxy host", QStringLiteral("127.0.0.1"));
        opened.type("Proxy port", QString::number(proxy.port()));
        opened.type("Proxy user", QStringLiteral("me"));
        opened.type("Proxy password", QStringLiteral("p"));
        QVERIFY(opened.press("Add Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        QVERIFY(!proxy.asked().isEmpty());
    }

    void keepsTheValueOfASecretHeader()
    {
        GuiDesk desk;
        allowFile(desk);
        ScriptedReceiver receiver(Answer::ok());
        Opened opened(desk);
        typeInto(*opened.wizard, "name", QStringLiteral("Header"));
        typeInto(*opened.wizard, "url", receiver.url());
        QVERIFY(!opened.field(QStringLiteral("Secret header"))->isEnabled());
        QVERIFY(opened.press("Add Header"));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("X-Api-Key"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("k3y"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(opened.value().headers, QList<Header>({{"X-Api-Key", "k3y"}}));
        QTest::keyClick(opened.field(QStringLiteral("Secret header")), Qt::Key_Space);
        QCOMPARE(opened.form().secretChanges().headers.value("x-api-key"), QByteArray("k3y"));
        auto *table = opened.form().findChild<HeadersTable *>();
        QVERIFY(!table->item(0, 1)->text().contains(QStringLiteral("k3y")));
        QVERIFY(opened.press("Add Destination"));
        QTRY_VERIFY(opened.says(QStringLiteral("Nothing has been sent yet.")));
        QVERIFY(opened.press("Send Test Alert"));
        QTRY_VERIFY(opened.says(QStringLiteral("Received: 200 OK in ")));
        QCOMPARE(receiver.requests().constFirst().header("X-Api-Key"), QByteArray("k3y"));
        QVERIFY(opened.press("Back to Configuration"));
        QCOMPARE(opened.value().headers, QList<Header>({{"X-Api-Key", {}, true}}));
        QVERIFY(opened.form().secretChanges().isEmpty());
        table->item(0, 0)->setText(QStringLiteral("X-Other-Key"));
        QVERIFY(opened.press("Update Destination"));
        QVERIFY(opened.says(QStringLiteral("Enter the value of the secret header X-Other-Key.")));
    }

    void saysTheSecurityInALine()
    {
        Destination destination;
        QCOMPARE(securityWords(destination), QStringLiteral("Not signed, no login"));
        QCOMPARE(securitySummary(destination), QString());
        destination.security.authentication = {AuthScheme::Basic, QStringLiteral("me"), {}, {}, {}};
        destination.security.tls.pinnedSha256 = QByteArray(32, 'x');
        destination.security.proxy = {ProxyKind::Socks5, QStringLiteral("p.example"), 1080, {}};
        destination.headers = {{"X-Api-Key", {}, true}};
        QCOMPARE(securityWords(destination),
                 QStringLiteral("Logs in as me (Basic); pinned certificate; secret headers; "
                                "SOCKS5 proxy p.example:1080"));
        QCOMPARE(securitySummary(destination), QStringLiteral("Basic login, pinned certificate, own proxy"));
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        Destination full = bearer(QStringLiteral("https://example.test/hook"));
        full.security.tls.authorityPem = m_maker.authority(QStringLiteral("Example CA")).certificatePem;
        full.security.tls.pinnedSha256 = QByteArray(32, 'x');
        full.security.proxy = {ProxyKind::Http, QStringLiteral("proxy.example.com"), 3128, QStringLiteral("me")};
        const Destination stored = keep(desk, full);
        Opened opened(desk, stored);
        QTest::mouseClick(opened.form().findChild<QPushButton *>(QStringLiteral("advanced")), Qt::LeftButton);
        QTest::qWait(100);
        opened.form().findChild<QPushButton *>(QStringLiteral("pinSeen"))->show();
        QTest::qWait(50);
        opened.scrollTo("SigningFields");
        m_look->shoot(*opened.wizard, QStringLiteral("security-long"));
        QVERIFY2(opened.wizard->width() <= 960, qPrintable(QString::number(opened.wizard->width())));
        QCOMPARE(cutOff(*opened.wizard), QStringList());
    }

private:
    static void allowFile(GuiDesk &desk)
    {
        const auto allowed = desk.desk->secrets().allowPrivateFile();
        GuiDesk::settle([&] { return allowed.isFinished(); });
    }

    /// Stored with these secrets, and known to the desk.
    static Destination keep(GuiDesk &desk, const Destination &destination,
                            const SecretChanges &secrets = {
                                {{SecretKind::Token, "t0ken"}, {SecretKind::SigningSecret, oldSecret}}, {}})
    {
        allowFile(desk);
        const auto added = desk.desk->addDestination(destination, secrets);
        GuiDesk::settle([&] { return added.isFinished(); });
        GuiDesk::settle([&] { return desk.desk->destination(added.result()->id).has_value(); });
        return *added.result();
    }

    QString file(const char *name, const QByteArray &bytes) const
    {
        QFile made(m_maker.path(QString::fromLatin1(name)));
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size()) {
            qFatal("%s can't be written.", name);
        }
        return made.fileName();
    }
    QString pkcs12File(const Identity &identity, const QString &passphrase)
    {
        return file("client.p12", m_maker.pkcs12(identity, passphrase));
    }

    std::unique_ptr<Look> m_look;
    CertificateMaker m_maker;
};

int main(int argc, char **argv)
{
    haveNoKeyRing();
    const QApplication application(argc, argv);
    TestSecurityFields test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_securityfields.moc"
