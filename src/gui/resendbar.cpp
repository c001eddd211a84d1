// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/resendbar.h"

#include "ui_resendbar.h"

#include "gui/fonts.h"
#include "gui/glyphs.h"
#include "models/words.h"

namespace courier {

ResendBar::ResendBar(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::ResendBar>())
{
    ui->setupUi(this);
    setTextRole(ui->soFar, TextRole::Body, true);
    m_showFailed = ui->result->addButton(QString());
    connect(m_showFailed, &QPushButton::clicked, this, &ResendBar::showFailedRequested);
    connect(ui->result, &Strip::closed, this, &QWidget::hide);
    connect(ui->cancel, &QPushButton::clicked, this, [this] {
        if (m_resend) {
            m_resend->cancel();
        }
    });
    connect(ui->pause, &QPushButton::clicked, this, [this] {
        if (m_resend && m_resend->progress().state == BulkResend::State::Paused) {
            m_resend->resume();
        } else if (m_resend) {
            m_resend->pause();
        }
    });
    hide();
}

ResendBar::~ResendBar() = default;

void ResendBar::follow(BulkResend *resend)
{
    m_resend = resend;
    connect(resend, &BulkResend::progressChanged, this, &ResendBar::showProgress);
    connect(resend, &BulkResend::finished, this, &ResendBar::showResult);
    showProgress(resend->progress());
    show();
}

void ResendBar::showProgress(const BulkResend::Progress &progress)
{
    const bool paused = progress.state == BulkResend::State::Paused;
    ui->progressPanel->show();
    ui->line->show();
    ui->result->hide();
    const QString count = words::count(progress.total);
    ui->what->setText(paused ? tr("Paused: resending %1 failed deliveries").arg(count)
                             : tr("Resending %1 failed deliveries").arg(count));
    ui->pause->setText(paused ? tr("Resume") : tr("Pause"));
    ui->pause->setIcon(glyphIcon(paused ? QStringLiteral("play") : QStringLiteral("pause")));
    QStringList soFar{tr("%1 sent").arg(words::count(progress.delivered + progress.failedAgain))};
    if (progress.failedAgain > 0) {
        soFar.append(tr("%1 failed again").arg(words::count(progress.failedAgain)));
    }
    if (progress.secondsLeft >= 0 && !paused) {
        soFar.append(tr("about %1 left").arg(words::duration(progress.secondsLeft * 1'000'000)));
    }
    ui->soFar->setText(soFar.join(QLatin1String(", ")));
    constexpr int steps = 1000;
    ui->progress->setRange(0, steps);
    const qint64 done = progress.delivered + progress.failedAgain;
    ui->progress->setValue(progress.total > 0 ? static_cast<int>(done * steps / progress.total) : 0);
}

void ResendBar::showResult(const BulkResend::Progress &progress)
{
    ui->progressPanel->hide();
    ui->line->hide();
    const bool cancelled = progress.state == BulkResend::State::Cancelled;
    const qint64 underWay = progress.started - progress.delivered - progress.failedAgain;
    QString words =
        tr("Resent %1 deliveries: %2 delivered, %3 failed again.")
            .arg(words::count(progress.started), words::count(progress.delivered), words::count(progress.failedAgain));
    if (cancelled) {
        words = tr("Cancelled after %1 of %2 deliveries: %3 delivered, %4 failed again, %5 still under way.")
                    .arg(words::count(progress.started), words::count(progress.total), words::count(progress.delivered),
                         words::count(progress.failedAgain), words::count(underWay));
    }
    if (!progress.error.isEmpty()) {
        words += QLatin1Char(' ') + progress.error;
    }
    const bool good = progress.failedAgain == 0 && !cancelled;
    ui->result->setNotice(good ? Strip::Kind::Success : Strip::Kind::Warning, words);
    m_showFailed->setText(tr("Show the %1 That Failed").arg(words::count(progress.failedAgain)));
    m_showFailed->setVisible(progress.failedAgain > 0);
    ui->result->show();
}

} // namespace courier
