// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "bench/alertmaker.h"

#include <array>
#include <cmath>

namespace courier::bench {
namespace {

constexpr int hosts = 6000;
constexpr int wordCount = 4000;

struct Kind
{
    const char *rule;
    const char *title; ///< %1 is a number, %2 the host
    const char *tag;
    Severity severity;
};

constexpr std::array<Kind, 16> kinds{{
    {"Linux.Disk.Usage", "Disk %1 % full on %2", "disk", Severity::High},
    {"Linux.Load", "Load of %1 for ten minutes on %2", "load", Severity::Medium},
    {"Linux.Memory", "Memory %1 % used on %2", "memory", Severity::Medium},
    {"Net.Interface.Errors", "%1 interface errors a second at %2", "network", Severity::Low},
    {"Auth.BruteForce", "%1 failed logins from one address on %2", "login", Severity::High},
    {"Auth.Root.Login", "Root has logged in %1 times on %2", "login", Severity::Critical},
    {"Tls.Certificate.Ends", "The certificate of %2 ends in %1 days", "certificate", Severity::Low},
    {"Web.Errors", "%1 answers with status 500 a minute from %2", "web", Severity::High},
    {"Web.Latency", "Requests to %2 take %1 ms", "web", Severity::Medium},
    {"Db.Replication.Lag", "Replica %2 is %1 s behind", "database", Severity::High},
    {"Db.Connections", "%1 connections to the database on %2", "database", Severity::Medium},
    {"Backup.Missing", "No backup of %2 for %1 hours", "backup", Severity::Critical},
    {"Dns.Failures", "%1 names a minute can't be resolved on %2", "network", Severity::Info},
    {"Ids.Scan", "%2 has scanned %1 ports", "intrusion", Severity::Medium},
    {"Ids.Exfiltration", "%2 has sent %1 MB to an unknown address", "intrusion", Severity::Critical},
    {"Host.Down", "%2 has not answered for %1 s", "host", Severity::High},
}};

constexpr std::array<const char *, 20> syllables{"ba", "cor", "den", "fal", "gi",  "hon", "ja", "kel", "lum", "mer",
                                                 "na", "os",  "pri", "qua", "rel", "sta", "to", "ul",  "ver", "zin"};

QStringList madeUpWords()
{
    QStringList words;
    for (int i = 0; i < wordCount; ++i) {
        QString word;
        for (int rest = i + 20; rest > 0; rest /= 20) {
            word += QLatin1String(syllables.at(static_cast<std::size_t>(rest % 20)));
        }
        words.append(word);
    }
    return words;
}

} // namespace

AlertMaker::AlertMaker()
    : m_random(20261129)
    , m_words(madeUpWords())
{
}

// The rank of a word and how often it is met stand in an even ratio, as in any language.
QString AlertMaker::rareWord()
{
    const double at = std::pow(wordCount, static_cast<double>(m_random()) / std::mt19937::max());
    return m_words.at(std::min(static_cast<int>(at) - 1, wordCount - 1));
}

Alert AlertMaker::make(int number)
{
    const Kind &kind = kinds.at(static_cast<std::size_t>(below(kinds.size())));
    const QString host =
        QStringLiteral("%1-%2").arg(QLatin1String(kind.tag)).arg(below(hosts), 4, 10, QLatin1Char('0'));
    Alert alert;
    alert.ruleId = QString::fromLatin1(kind.rule);
    alert.name = QString::fromLatin1(kind.tag) + QLatin1String(" watch");
    alert.severity = below(10) < 8 ? kind.severity : static_cast<Severity>(below(5));
    alert.type = below(12) == 0 ? AlertType::Policy : AlertType::Rule;
    alert.source = QStringLiteral("Prometheus %1").arg(below(12));
    alert.createdAt = QStringLiteral("2026-11-01T12:00:00.000Z");
    alert.title = QString::fromLatin1(kind.title).arg(QString::number(below(100) + 1), host);
    if (number % 4 == 0) {
        alert.alertId = QStringLiteral("sender-%1").arg(number);
    }
    QStringList description{QStringLiteral("The threshold of rule"), QString::number(below(500)),
                            QStringLiteral("was passed:")};
    for (int i = 0; i < 12; ++i) {
        description.append(rareWord());
    }
    alert.description = description.join(QLatin1Char(' '));
    alert.runbook = QStringLiteral("Look at the host's graphs; call its owner if it is a database.");
    alert.tags = {QString::fromLatin1(kind.tag), QStringLiteral("rack-%1").arg(below(80)),
                  QStringLiteral("region-%1").arg(below(6))};
    alert.context = QStringLiteral("{\"host\": \"%1\", \"used\": 0.%2, \"owner\": \"%3\", \"inodes\": {\"used\": %4, "
                                   "\"free\": %5}, \"mount\": \"/var\", \"device\": \"sda1\"}")
                        .arg(host)
                        .arg(below(1000))
                        .arg(rareWord())
                        .arg(below(1'000'000))
                        .arg(below(1'000'000))
                        .toUtf8();
    return alert;
}

} // namespace courier::bench
