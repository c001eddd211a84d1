// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/intakesettings.h"

#include "desk/severitytables.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace courier {

bool IntakeAddress::isLoopback() const
{
    return host.startsWith(QLatin1String("127.")) || host == QLatin1String("::1");
}

QString IntakeAddress::text() const
{
    const QString number = QString::number(port);
    return host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2").arg(host, number)
                                           : QStringLiteral("%1:%2").arg(host, number);
}

Result<IntakeAddress> IntakeAddress::parse(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\s\\[\\]]+)):([0-9]{1,5})$"));
    const QRegularExpressionMatch match = shape.match(text.trimmed());
    const int port = match.captured(3).toInt();
    if (!match.hasMatch() || port > 65535) {
        return failure(Error::Kind::Invalid,
                       QCoreApplication::translate("Intake", "“%1” is no address such as 127.0.0.1:9797.").arg(text));
    }
    QString host = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) {
        host = QStringLiteral("127.0.0.1");
    }
    return IntakeAddress{host, static_cast<quint16>(port)};
}

IntakeSettings IntakeSettings::read(Queries &queries)
{
    IntakeSettings settings;
    settings.enabled = queries.setting(enabledKey()).value_or(QStringLiteral("1")) != QLatin1String("0");
    settings.address = queries.setting(addressKey()).value_or(defaultAddress());
    settings.open = queries.setting(openKey()).value_or(QString()) == QLatin1String("1");
    settings.tokenHash = queries.setting(tokenKey()).value_or(QString()).toLatin1();
    settings.severities = severityTables(queries);
    return settings;
}

} // namespace courier
