// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/secretfield.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

namespace courier {
namespace {

// A password may end with a blank; what was copied from a page and isn't one has it by accident.
bool isTrimmed(SecretKind kind)
{
    return kind == SecretKind::SigningSecret || kind == SecretKind::Token || kind == SecretKind::ClientSecret;
}

} // namespace

SecretField::SecretField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_show(new QPushButton(this))
    , m_replace(new QPushButton(tr("Replace"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_keep(new QPushButton(tr("Keep Stored"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_edit, 1);
    for (QPushButton *button : {m_show, m_replace, m_remove, m_keep}) {
        row->addWidget(button);
    }
    m_edit->setObjectName(QStringLiteral("secret"));
    m_edit->setMaxLength(maxSecretSize);
    setFocusProxy(m_edit);
    connectButtons();
    setState(State::Empty);
}

void SecretField::connectButtons()
{
    // Typed, or put there by an assistive program; not where a stored one is shown.
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        if (!m_edit->isReadOnly()) {
            showState();
            Q_EMIT edited();
        }
    });
    connect(m_edit, &QLineEdit::editingFinished, this, [this] {
        if (!entered().isEmpty()) {
            Q_EMIT left();
        }
    });
    connect(m_show, &QPushButton::clicked, this, &SecretField::onShow);
    connect(m_replace, &QPushButton::clicked, this, [this] {
        setState(State::Replaced);
        m_edit->setFocus();
        Q_EMIT edited();
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        setState(State::Removed);
        m_keep->setFocus();
        Q_EMIT edited();
    });
    connect(m_keep, &QPushButton::clicked, this, [this] {
        setState(State::Stored);
        m_replace->setFocus();
        Q_EMIT edited();
    });
}

void SecretField::setKind(SecretKind kind)
{
    m_kind = kind;
    const QString name = inWords(kind);
    m_replace->setAccessibleName(tr("Replace %1").arg(name));
    m_remove->setAccessibleName(tr("Remove %1").arg(name));
    m_keep->setAccessibleName(tr("Keep %1").arg(name));
    showState();
}

QString SecretField::fieldName() const
{
    return m_edit->accessibleName();
}

void SecretField::setFieldName(const QString &name)
{
    m_edit->setAccessibleName(name);
}

void SecretField::setOptional(bool optional)
{
    m_isOptional = optional;
    showState();
}

void SecretField::setStored(bool stored)
{
    setState(stored ? State::Stored : State::Empty);
}

std::optional<QByteArray> SecretField::change() const
{
    if (isKept() || (m_state == State::Empty && m_edit->text().isEmpty())) {
        return std::nullopt;
    }
    return entered();
}

bool SecretField::isThere() const
{
    return isKept() || !entered().isEmpty();
}

bool SecretField::isKept() const
{
    return m_state == State::Stored || m_state == State::Shown;
}

QByteArray SecretField::entered() const
{
    if (m_state != State::Empty && m_state != State::Replaced) {
        return {};
    }
    return (isTrimmed(m_kind) ? m_edit->text().trimmed() : m_edit->text()).toUtf8();
}

void SecretField::enter(const QByteArray &secret)
{
    if (m_state != State::Empty) {
        setState(State::Replaced);
    }
    m_edit->setText(QString::fromUtf8(secret));
    m_edit->setCursorPosition(0);
    showState();
    Q_EMIT edited();
}

void SecretField::withSecret(const std::function<void(const QByteArray &)> &use)
{
    if (!isKept() || !m_reader) {
        use(entered());
        return;
    }
    const QPointer<SecretField> self(this);
    m_reader([self, use, question = ++m_question](const Result<DestinationSecrets> &secrets) {
        if (!self || question != self->m_question) {
            return;
        }
        if (!secrets) {
            Q_EMIT self->failed(secrets.error().message);
            return;
        }
        use(secrets->value(self->m_kind));
    });
}

void SecretField::setState(State state)
{
    ++m_question;
    m_state = state;
    m_edit->clear();
    m_edit->setReadOnly(state != State::Empty && state != State::Replaced);
    setOpen(false);
}

void SecretField::setOpen(bool open)
{
    m_isOpen = open;
    m_edit->setEchoMode(open ? QLineEdit::Normal : QLineEdit::Password);
    m_edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase |
                                (open ? Qt::ImhNone : Qt::ImhHiddenText));
    showState();
}

void SecretField::onShow()
{
    if (m_state == State::Shown) {
        setState(State::Stored);
    } else if (m_state == State::Stored) {
        withSecret([this](const QByteArray &secret) {
            m_state = State::Shown;
            m_edit->setText(QString::fromUtf8(secret));
            m_edit->setCursorPosition(0);
            setOpen(true);
        });
    } else {
        setOpen(!m_isOpen);
    }
}

void SecretField::showState()
{
    const bool kept = isKept();
    const bool isOut = m_state == State::Removed;
    m_show->setText(m_isOpen ? tr("Hide") : tr("Show"));
    m_show->setAccessibleName((m_isOpen ? tr("Hide %1") : tr("Show %1")).arg(inWords(m_kind)));
    m_show->setVisible(!isOut);
    m_show->setEnabled(kept || m_isOpen || !m_edit->text().isEmpty());
    m_replace->setVisible(kept || isOut);
    m_remove->setVisible(kept && m_isOptional);
    m_keep->setVisible(isOut || m_state == State::Replaced);
    m_edit->setPlaceholderText(kept ? tr("Stored") : isOut ? tr("Removed") : QString());
}

} // namespace courier
