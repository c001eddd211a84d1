// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/questiondialog.h"

#include "gui/dialogfit.h"
#include "ui_questiondialog.h"

namespace courier {
namespace {

constexpr int dialogWidth = 496;

} // namespace

QuestionDialog::QuestionDialog(QWidget *parent)
    : QDialog(parent)
    , ui(std::make_unique<Ui::QuestionDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    ui->setupUi(this);
    connect(ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui->confirm, &QPushButton::clicked, this, &QDialog::accept);
    new DialogFit(this, ui->scroll, dialogWidth);
}

QuestionDialog::~QuestionDialog() = default;

void QuestionDialog::setGlyph(const QString &glyph, const QString &colorKey)
{
    ui->glyph->setGlyph(glyph);
    ui->glyph->setColorKey(colorKey);
}

void QuestionDialog::setQuestion(const QString &question)
{
    ui->question->setText(question);
}

void QuestionDialog::setExplanation(const QString &explanation)
{
    ui->explanation->setText(explanation);
    ui->explanation->setVisible(!explanation.isEmpty());
}

void QuestionDialog::setConfirm(const QString &text, bool isDangerous)
{
    ui->confirm->setText(text);
    setPrimary(ui->confirm, !isDangerous);
    ui->cancel->setDefault(isDangerous);
    (isDangerous ? ui->cancel : ui->confirm)->setFocus();
}

QPushButton *QuestionDialog::confirmButton() const
{
    return ui->confirm;
}

QPushButton *QuestionDialog::cancelButton() const
{
    return ui->cancel;
}

QGridLayout *QuestionDialog::details() const
{
    return ui->detailsGrid;
}

} // namespace courier
