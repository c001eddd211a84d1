// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "domain/secrets.h"

#include <QWidget>

#include <functional>
#include <optional>

class QLineEdit;
class QPushButton;

namespace courier {

/// Gives the secrets that a destination has already, in the GUI thread.
using SecretReader = std::function<void(std::function<void(const Result<DestinationSecrets> &)>)>;

/// One secret: entered behind dots, or "Stored", which is shown only to who asks and stays until it is replaced.
/// Promote a QWidget to it. GUI thread.
class SecretField : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString fieldName READ fieldName WRITE setFieldName)
    Q_PROPERTY(bool optional READ isOptional WRITE setOptional)

public:
    explicit SecretField(QWidget *parent = nullptr);

    /// Which one; the buttons are named after it.
    void setKind(SecretKind kind);
    void setReader(SecretReader reader) { m_reader = std::move(reader); }
    /// What screen readers call it.
    QString fieldName() const;
    void setFieldName(const QString &name);
    /// There need be none: then a stored one can be removed.
    bool isOptional() const { return m_isOptional; }
    void setOptional(bool optional);

    /// Begins anew: a stored one is there, or none.
    void setStored(bool stored);
    /// What an edit does to it: nothing where it stays as it is, an empty one removes it.
    std::optional<QByteArray> change() const;
    bool isThere() const; ///< stored, or entered
    bool isKept() const;  ///< stored, and neither replaced nor removed
    QByteArray entered() const;
    void enter(const QByteArray &secret);
    /// Calls \a use with the one that was entered, else with the stored one once it was read.
    void withSecret(const std::function<void(const QByteArray &)> &use);

Q_SIGNALS:
    void edited();
    void left(); ///< after something was entered
    void failed(const QString &message);

private:
    enum class State { Empty, Stored, Shown, Replaced, Removed };

    void connectButtons();
    void setState(State state);
    void setOpen(bool open);
    void onShow();
    void showState();

    QLineEdit *m_edit;
    QPushButton *m_show;
    QPushButton *m_replace;
    QPushButton *m_remove;
    QPushButton *m_keep;
    SecretKind m_kind = SecretKind::Token;
    SecretReader m_reader;
    State m_state = State::Empty;
    bool m_isOptional = false;
    bool m_isOpen = false; ///< shown as it is
    int m_question = 0;    ///< of the reader; an answer to one before is late
};

} // namespace courier
