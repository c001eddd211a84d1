// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QHash>
#include <QTableWidget>

namespace courier {

/// The operator's own headers of a destination, written in place: Return or F2 or just typing edits a cell, Tab leaves
/// the table, Delete removes the row. Promote a QTableWidget to it. GUI thread.
class HeadersTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit HeadersTable(QWidget *parent = nullptr);

    /// Rows where both cells are empty are left out, and removed. A value that is secret is shown as dots, and is among
    /// secrets() once it was entered.
    QList<Header> takeHeaders();
    QList<Header> headers() const;
    void setHeaders(const QList<Header> &headers);
    /// The values of secret headers that were entered, by lower-case name.
    QHash<QByteArray, QByteArray> secrets() const;
    /// What is wrong with the values of secret headers, such that are missing included.
    QList<FieldIssue> secretIssues() const;

    bool isCurrentSecret() const;
    /// Whether the value of the current row is kept as a secret. What is stored as one can't be seen any more.
    void setCurrentSecret(bool secret);

    /// Adds an empty row and edits its name.
    void addHeader();
    void removeCurrent();
    /// Marks the name of row \a row; -1 unmarks all.
    void markFault(int row);

Q_SIGNALS:
    void edited();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void appendRow(const QString &name, const QString &value, bool secret);
    bool isSecret(int row) const;
    bool isStoredSecret(int row) const;
    QString textAt(int row, int column) const;
    bool isEmptyRow(int row) const;
};

} // namespace courier
