// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QWidget>

#include <optional>

class QLineEdit;
class QPushButton;

namespace courier {

/// A small file that a setting is taken from: its path, typed, dropped or chosen in a dialog. What was taken before is
/// "Stored", and stays until another is chosen or it is removed. Promote a QWidget to it. GUI thread.
class FileField : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString fieldName READ fieldName WRITE setFieldName)
    Q_PROPERTY(QString emptyText READ emptyText WRITE setEmptyText)

public:
    static constexpr qint64 largest = 256 * 1024; ///< bytes

    explicit FileField(QWidget *parent = nullptr);

    /// What screen readers call it; the file dialog bears it as its title.
    QString fieldName() const;
    void setFieldName(const QString &name);
    /// What stands in it while there is none.
    QString emptyText() const { return m_emptyText; }
    void setEmptyText(const QString &text);

    /// Begins anew: a stored one is there, or none.
    void setStored(bool stored);
    bool isKept() const { return m_isStored && !m_isRemoved && path().isEmpty(); }
    bool isRemoved() const { return m_isRemoved && path().isEmpty(); }
    QString path() const;
    void setPath(const QString &path);

    /// Reads the file where its path has changed since. True where it has.
    bool take();
    /// What is in it; empty where none is chosen, or it can't be read.
    const QByteArray &bytes() const { return m_bytes; }
    /// Why it can't be read, in words; empty where it can.
    const QString &fault() const { return m_fault; }

Q_SIGNALS:
    void edited();
    void taken(); ///< another file was read, or none is chosen any more

private:
    void onText();
    void choose();
    void remove();
    void clearText();
    void read();
    void showState();

    QLineEdit *m_edit;
    QPushButton *m_choose;
    QPushButton *m_remove;
    QString m_emptyText;
    QString m_takenPath;
    QByteArray m_bytes;
    QString m_fault;
    bool m_isStored = false;
    bool m_isRemoved = false;
};

} // namespace courier
