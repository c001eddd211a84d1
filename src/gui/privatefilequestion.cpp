// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/privatefilequestion.h"

#include "gui/questiondialog.h"
#include "store/whendone.h"

#include <QCoreApplication>
#include <QDir>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PrivateFileQuestion)
};

} // namespace

bool wantsPrivateFile(Desk &desk, const Error &error)
{
    return error.kind == Error::Kind::Busy && desk.secrets().state() == VaultState::NoService;
}

void askForPrivateFile(QWidget *parent, Desk &desk, std::function<void()> agreed,
                       std::function<void(const std::optional<Error> &)> refused)
{
    auto *question = new QuestionDialog(parent->window());
    question->setWindowTitle(Text::tr("Keep Secrets"));
    question->setGlyph(QStringLiteral("lock"), QStringLiteral("accent"));
    question->setQuestion(
        Text::tr("The desktop has no secret service. Keep secrets in a private file that only you can read?"));
    question->setExplanation(Text::tr("The file is %1. It is not encrypted: whoever can read your files, or a copy of "
                                      "them, can read it.")
                                 .arg(QDir::toNativeSeparators(desk.secrets().privateFilePath())));
    question->setConfirm(Text::tr("Keep in a Private File"));
    QObject::connect(question, &QDialog::accepted, parent, [parent, &desk, agreed, refused] {
        whenDone(parent, desk.secrets().allowPrivateFile(),
                 [agreed, refused](const Result<void> &done) { done ? agreed() : refused(done.error()); });
    });
    QObject::connect(question, &QDialog::rejected, parent, [refused] { refused(std::nullopt); });
    question->open();
}

} // namespace courier
