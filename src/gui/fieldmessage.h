// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;

namespace courier {

class GlyphLabel;

/// The line under a field: its hint, or what is wrong with it in the hint's place. The words are a QLabel's own text,
/// so screen readers find them; the field's edge and accessible description say the same. Promote a QWidget to it.
/// GUI thread.
class FieldMessage : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString hint READ hint WRITE setHint)

public:
    enum class Kind { Hint, Warning, Error };
    Q_ENUM(Kind)

    explicit FieldMessage(QWidget *parent = nullptr);

    /// The field that is marked and described while a message stands here. Not owned; it may go first.
    void setField(QWidget *field);
    /// What stands here while nothing is wrong; without one the line then takes no room.
    QString hint() const { return m_hint; }
    void setHint(const QString &hint);

    void showError(const QString &message);
    void showWarning(const QString &message);
    /// Back to the hint.
    void clear();

    Kind kind() const { return m_kind; }
    /// What is shown now: the message, or the hint.
    QString text() const;
    bool hasError() const { return m_kind == Kind::Error; }

private:
    void show(Kind kind, const QString &message);
    void markField();

    QPointer<QWidget> m_field;
    QString m_fieldDescription; ///< the field's own, put back when the message goes
    QString m_hint;
    Kind m_kind = Kind::Hint;
    GlyphLabel *m_glyph;
    QLabel *m_label;
};

} // namespace courier
