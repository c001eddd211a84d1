// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/completion.h"

#include "app/commands/commandtable.h"
#include "app/commands/commandwords.h"
#include "app/commands/readoptions.h"
#include "domain/alerttype.h"
#include "domain/delivery.h"
#include "domain/retryschedule.h"
#include "domain/security.h"

#include <QDir>

#include <algorithm>

namespace courier::commands {
namespace {

/// A word as the shell would hand it over: without its quotes. An open one is closed.
QString unquoted(const QString &word)
{
    QString plain;
    QChar quote;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const QChar sign = word.at(i);
        if (sign == u'\\' && quote != u'\'' && i + 1 < word.size()) {
            plain += word.at(++i);
        } else if (!quote.isNull() && sign == quote) {
            quote = QChar();
        } else if (quote.isNull() && (sign == u'\'' || sign == u'"')) {
            quote = sign;
        } else {
            plain += sign;
        }
    }
    return plain.startsWith(QLatin1String("~/")) ? QDir::homePath() + plain.mid(1) : plain;
}

template<typename List, typename Word>
QStringList wordsOf(const List &list, Word word)
{
    QStringList words;
    for (const auto &one : list) {
        words.append(word(one));
    }
    return words;
}

QStringList severityWords()
{
    return wordsOf(allSeverities(), [](Severity one) { return wireName(one).toLower(); });
}

QStringList typeWords()
{
    return wordsOf(allAlertTypes(), [](AlertType one) { return wireName(one).toLower().replace(u'_', u'-'); });
}

QStringList stateWords(AlertStatus last)
{
    QStringList words;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        words.append(keyword(static_cast<AlertStatus>(i)));
    }
    return words;
}

class Completion
{
public:
    Completion(const QStringList &typed, const DestinationNamesIn &names)
        : m_names(names)
    {
        for (const QString &word : typed) {
            m_words.append(unquoted(word));
        }
        m_current = m_words.isEmpty() ? QString() : m_words.takeLast();
        m_commandWords = commandWords(m_words);
        m_command = findCommand(m_commandWords.join(u' '));
    }

    QStringList all() const
    {
        const QString before = m_words.isEmpty() ? QString() : m_words.last();
        if (before.startsWith(QLatin1String("--")) && takesValue(before)) {
            return valuesOf(before.mid(2), m_current, QString());
        }
        const qsizetype equals = m_current.indexOf(u'=');
        if (m_current.startsWith(QLatin1String("--")) && equals > 0) {
            return valuesOf(m_current.left(equals).mid(2), m_current.mid(equals + 1), m_current.left(equals + 1));
        }
        if (m_current.startsWith(u'-')) {
            return beginning(
                wordsOf(options(), [](const OptionSpec &one) { return QString(QLatin1String("--") + one.name); }),
                m_current, {});
        }
        return arguments();
    }

private:
    QStringList arguments() const
    {
        if (m_command) {
            return values(m_command->argument.completes, m_current, {});
        }
        if (m_commandWords.isEmpty()) {
            return beginning(firstWords(), m_current, {});
        }
        return beginning(wordsOf(commandsOf(m_commandWords.first()),
                                 [](const CommandSpec *one) { return one->name.section(u' ', 1); }),
                         m_current, {});
    }

    QList<OptionSpec> options() const
    {
        if (m_command) {
            return m_command->options + commonOptions();
        }
        return m_commandWords.isEmpty() ? programOptions() + commonOptions() : commonOptions();
    }

    QStringList valuesOf(const QString &option, const QString &begun, const QString &prefix) const
    {
        for (const OptionSpec &one : options()) {
            if (one.name == option) {
                return values(one.completes, begun, prefix);
            }
        }
        return {};
    }

    QStringList values(Completes what, const QString &begun, const QString &prefix) const
    {
        switch (what) {
        case Completes::Nothing:
            return {};
        case Completes::File:
            return {QLatin1String(filesMark)};
        case Completes::Directory:
            return {QLatin1String(directoriesMark)};
        case Completes::Destination:
            return beginning(m_names(dataDirectory()), begun, prefix);
        case Completes::Severity:
            return listed(severityWords() + QStringList{QStringLiteral("all"), QStringLiteral("none")}, begun, prefix);
        case Completes::Type:
            return listed(typeWords() + QStringList{QStringLiteral("all")}, begun, prefix);
        case Completes::State:
            return listed(stateWords(AlertStatus::Cancelled), begun, prefix);
        case Completes::Schedule:
            return beginning(wordsOf(allRetrySchedules(), [](RetrySchedule one) { return keyword(one); }), begun,
                             prefix);
        case Completes::Level:
            return beginning(
                {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"), QStringLiteral("error")},
                begun, prefix);
        case Completes::OnOff:
            return beginning({QStringLiteral("on"), QStringLiteral("off")}, begun, prefix);
        case Completes::Signing:
            return beginning(
                wordsOf(QList{SigningScheme::None, SigningScheme::StandardHmac, SigningScheme::StandardEd25519,
                              SigningScheme::GitHub, SigningScheme::Custom},
                        [](SigningScheme one) { return keyword(one); }),
                begun, prefix);
        case Completes::Auth:
            return beginning(wordsOf(QList{AuthScheme::None, AuthScheme::Basic, AuthScheme::Bearer, AuthScheme::OAuth2},
                                     [](AuthScheme one) { return keyword(one); }),
                             begun, prefix);
        case Completes::Format:
            return beginning(formatIds(), begun, prefix);
        case Completes::Search:
            break;
        }
        return search(begun, prefix);
    }

    QStringList search(const QString &begun, const QString &prefix) const
    {
        const QString key = begun.section(u':', 0, 0);
        const QString value = begun.section(u':', 1);
        if (!begun.contains(u':')) {
            return beginning({QStringLiteral("severity:"), QStringLiteral("status:"), QStringLiteral("type:"),
                              QStringLiteral("dest:"), QStringLiteral("source:"), QStringLiteral("is:"),
                              QStringLiteral("since:"), QStringLiteral("until:")},
                             begun, prefix);
        }
        const QString whole = prefix + key + u':';
        if (key == QLatin1String("severity")) {
            return listed(severityWords(), value, whole);
        }
        if (key == QLatin1String("status")) {
            return listed(stateWords(AlertStatus::NoDestination), value, whole);
        }
        if (key == QLatin1String("is")) {
            return listed({QStringLiteral("active"), QStringLiteral("resolved")}, value, whole);
        }
        if (key == QLatin1String("type")) {
            return listed(typeWords(), value, whole);
        }
        return key.startsWith(QLatin1String("dest")) ? beginning(m_names(dataDirectory()), value, whole)
                                                     : QStringList();
    }

    static QStringList beginning(const QStringList &words, const QString &begun, const QString &prefix)
    {
        QStringList found;
        for (const QString &word : words) {
            if (word.startsWith(begun, Qt::CaseInsensitive)) {
                found.append(prefix + word);
            }
        }
        return found;
    }

    /// The last of a list with commas.
    static QStringList listed(const QStringList &words, const QString &begun, const QString &prefix)
    {
        const qsizetype comma = begun.lastIndexOf(u',') + 1;
        return beginning(words, begun.mid(comma), prefix + begun.left(comma));
    }

    QString dataDirectory() const
    {
        const QString option = QStringLiteral("--data-dir");
        for (qsizetype i = 0; i < m_words.size(); ++i) {
            if (m_words.at(i).startsWith(option + u'=')) {
                return m_words.at(i).mid(option.size() + 1);
            }
            if (m_words.at(i) == option) {
                return m_words.value(i + 1);
            }
        }
        return {};
    }

    const DestinationNamesIn &m_names;
    QStringList m_words; ///< before the one that is typed
    QString m_current;
    QStringList m_commandWords;
    const CommandSpec *m_command = nullptr;
};

} // namespace

QStringList completions(const QStringList &words, const DestinationNamesIn &names)
{
    return Completion(words, names).all();
}

} // namespace courier::commands
