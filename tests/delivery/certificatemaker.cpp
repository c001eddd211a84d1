// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificatemaker.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>

namespace courier::test {

void CertificateMaker::openssl(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_directory.path());
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished() || process.exitCode() != 0) {
        qFatal("openssl %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
               process.readAllStandardError().constData());
    }
}

QByteArray CertificateMaker::read(const QString &file) const
{
    QFile opened(path(file));
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

QString CertificateMaker::nextBase()
{
    return QString::number(++m_count);
}

Identity CertificateMaker::identity(const QString &base) const
{
    const QString certificate = base + QLatin1String(".crt");
    const QString key = base + QLatin1String(".key");
    return {path(certificate), path(key), read(certificate), read(key)};
}

Identity CertificateMaker::selfSigned(const QString &name, const QString &alternative)
{
    const QString base = nextBase();
    QStringList arguments{QStringLiteral("req"),
                          QStringLiteral("-x509"),
                          QStringLiteral("-newkey"),
                          QStringLiteral("ec"),
                          QStringLiteral("-pkeyopt"),
                          QStringLiteral("ec_paramgen_curve:P-256"),
                          QStringLiteral("-nodes"),
                          QStringLiteral("-subj"),
                          QString(QLatin1String("/CN=") + name),
                          QStringLiteral("-days"),
                          QStringLiteral("30"),
                          QStringLiteral("-keyout"),
                          QString(base + QLatin1String(".key")),
                          QStringLiteral("-out"),
                          QString(base + QLatin1String(".crt"))};
    if (!alternative.isEmpty()) {
        arguments << QStringLiteral("-addext") << QString(QLatin1String("subjectAltName=") + alternative);
    }
    openssl(arguments);
    return identity(base);
}

Identity CertificateMaker::authority(const QString &name)
{
    return selfSigned(name);
}

Identity CertificateMaker::issued(const Identity &authority, const QString &name, const QString &alternative, int days)
{
    const QString base = nextBase();
    openssl({QStringLiteral("req"), QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
             QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"), QStringLiteral("-subj"),
             QString(QLatin1String("/CN=") + name), QStringLiteral("-addext"),
             QString(QLatin1String("subjectAltName=") + alternative), QStringLiteral("-keyout"),
             QString(base + QLatin1String(".key")), QStringLiteral("-out"), QString(base + QLatin1String(".csr"))});
    openssl({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"),
             QString(base + QLatin1String(".csr")), QStringLiteral("-CA"), authority.certificateFile,
             QStringLiteral("-CAkey"), authority.keyFile, QStringLiteral("-copy_extensions"), QStringLiteral("copy"),
             QStringLiteral("-days"), QString::number(days), QStringLiteral("-out"),
             QString(base + QLatin1String(".crt"))});
    return identity(base);
}

QString CertificateMaker::standing(const Identity &identity, bool isRevoked, const Identity &authority,
                                   const Identity &signer)
{
    const QString base = nextBase();
    QFile index(path(base));
    if (!index.open(QIODevice::WriteOnly)) {
        qFatal("%s", qPrintable(index.errorString()));
    }
    const QByteArray serial = identity.certificate().serialNumber().replace(':', "").toUpper();
    index.write((isRevoked ? "R\t491231235959Z\t240101000000Z\t" : "V\t491231235959Z\t\t") + serial +
                "\tunknown\t/CN=any\n");
    index.close();
    const QString response = path(base + QLatin1String(".ocsp"));
    openssl({QStringLiteral("ocsp"), QStringLiteral("-index"), base, QStringLiteral("-CA"), authority.certificateFile,
             QStringLiteral("-issuer"), authority.certificateFile, QStringLiteral("-rsigner"), signer.certificateFile,
             QStringLiteral("-rkey"), signer.keyFile, QStringLiteral("-cert"), identity.certificateFile,
             QStringLiteral("-ndays"), QStringLiteral("1"), QStringLiteral("-noverify"), QStringLiteral("-respout"),
             response});
    return response;
}

QByteArray CertificateMaker::pkcs12(const Identity &identity, const QString &passphrase)
{
    const QString file = nextBase() + QLatin1String(".p12");
    openssl({QStringLiteral("pkcs12"), QStringLiteral("-export"), QStringLiteral("-in"), identity.certificateFile,
             QStringLiteral("-inkey"), identity.keyFile, QStringLiteral("-passout"),
             QString(QLatin1String("pass:") + passphrase), QStringLiteral("-out"), file});
    return read(file);
}

QSslConfiguration serverConfiguration(const Identity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(identity.certificate());
    configuration.setPrivateKey(QSslKey(identity.keyPem, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace courier::test
