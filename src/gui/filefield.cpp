// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/filefield.h"

#include "intake/openfile.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUrl>

#include <cerrno>

namespace courier {

FileField::FileField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_choose(new QPushButton(tr("Choose File…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_edit, 1);
    row->addWidget(m_choose);
    row->addWidget(m_remove);
    m_edit->setObjectName(QStringLiteral("path"));
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &FileField::onText);
    connect(m_edit, &QLineEdit::editingFinished, this, &FileField::take);
    connect(m_choose, &QPushButton::clicked, this, &FileField::choose);
    connect(m_remove, &QPushButton::clicked, this, &FileField::remove);
    showState();
}

// What is typed is read when the field is left; what an assistive program puts there is whole at once, and is not left.
void FileField::onText()
{
    showState();
    Q_EMIT edited();
    if (!m_edit->isModified()) {
        take();
    }
}

QString FileField::fieldName() const
{
    return m_edit->accessibleName();
}

void FileField::setFieldName(const QString &name)
{
    m_edit->setAccessibleName(name);
    m_choose->setAccessibleName(tr("Choose file: %1").arg(name));
    m_remove->setAccessibleName(tr("Remove: %1").arg(name));
}

void FileField::setEmptyText(const QString &text)
{
    m_emptyText = text;
    showState();
}

void FileField::setStored(bool stored)
{
    m_isStored = stored;
    m_isRemoved = false;
    clearText();
    m_takenPath.clear();
    m_bytes.clear();
    m_fault.clear();
    showState();
}

// A file that is dropped here arrives as its address.
QString FileField::path() const
{
    const QString text = m_edit->text().trimmed();
    if (text.startsWith(QLatin1String("file:"))) {
        return QUrl(text).toLocalFile();
    }
    return text.startsWith(QLatin1String("~/")) ? QString(QDir::homePath() + text.mid(1)) : text;
}

void FileField::setPath(const QString &path)
{
    m_edit->setText(QDir::toNativeSeparators(path));
    take();
}

bool FileField::take()
{
    if (path() == m_takenPath) {
        return false;
    }
    m_takenPath = path();
    read();
    Q_EMIT taken();
    return true;
}

void FileField::read()
{
    m_bytes.clear();
    m_fault.clear();
    if (m_takenPath.isEmpty()) {
        return;
    }
    int error = 0;
    const auto file = OpenFile::open(m_takenPath, &error);
    if (!file) {
        m_fault = error == ENOENT   ? tr("There is no such file.")
                  : error == EACCES ? tr("This file can't be read: you may not.")
                                    : tr("This can't be read: it is no file.");
        return;
    }
    if (file->about().size > largest) {
        m_fault = tr("This file has more than %1 KiB.").arg(largest / 1024);
        return;
    }
    m_bytes = file->readAt(0, largest).value_or(QByteArray());
    if (m_bytes.isEmpty()) {
        m_fault = tr("This file is empty.");
    }
}

void FileField::choose()
{
    auto *dialog = new QFileDialog(window(), fieldName());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    if (const QString directory = path().section(QLatin1Char('/'), 0, -2); !directory.isEmpty()) {
        dialog->setDirectory(directory);
    }
    connect(dialog, &QFileDialog::fileSelected, this, &FileField::setPath);
    dialog->open();
}

void FileField::remove()
{
    m_isRemoved = m_isStored && (m_isRemoved || path().isEmpty());
    clearText();
    m_edit->setFocus();
    showState();
    Q_EMIT edited();
    if (!take()) {
        Q_EMIT taken();
    }
}

void FileField::clearText()
{
    const QSignalBlocker quiet(m_edit);
    m_edit->clear();
}

void FileField::showState()
{
    const bool isKept = m_isStored && !m_isRemoved;
    m_remove->setVisible(isKept || !path().isEmpty());
    m_edit->setPlaceholderText(isKept ? tr("Stored") : m_emptyText);
}

} // namespace courier
