// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/bodyview.h"

#include "store/whendone.h"
#include "ui_bodyview.h"

#include "gui/fonts.h"
#include "gui/packedbody.h"
#include "models/marks.h"
#include "models/words.h"

#include <QPlainTextEdit>
#include <QtConcurrentRun>

#include <algorithm>

namespace courier {
namespace {

constexpr qsizetype askedAbove = 1024 * 1024;  ///< a larger body waits to be asked for
constexpr qsizetype shownUnasked = 256 * 1024; ///< of such a one

void setUp(QPlainTextEdit *edit)
{
    edit->setReadOnly(true);
    edit->setFrameShape(QFrame::NoFrame);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    edit->document()->setDocumentMargin(8);
    edit->setMinimumHeight(60);
    edit->setTabChangesFocus(true);
    setTextRole(edit, TextRole::Mono);
}

QString timingText(const AttemptTiming &timing, qint64 durationUs)
{
    const auto row = [](const QString &name, qint64 at) {
        return at < 0 ? QString() : QStringLiteral("%1  %2\n").arg(words::duration(at), 10).arg(name);
    };
    QString text = timing.connectStarted < 0 ? BodyView::tr("The connection was kept from the request before.\n\n")
                                             : row(BodyView::tr("began to connect"), timing.connectStarted);
    text += row(BodyView::tr("TLS was ready"), timing.encrypted);
    text += row(BodyView::tr("the request was sent"), timing.requestSent);
    text += row(BodyView::tr("status and headers were there"), timing.answered);
    text += row(BodyView::tr("it was over"), timing.finished < 0 ? durationUs : timing.finished);
    return text;
}

QString contentType(const QByteArray &headers)
{
    return QString::fromUtf8(headerValues(headers, "content-type").value(0)).section(QLatin1Char(';'), 0, 0).trimmed();
}

} // namespace

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::BodyView>())
{
    ui->setupUi(this);
    setTextRole(ui->status, TextRole::Strong);
    setTextRole(ui->facts, TextRole::Small, true);
    setTextRole(ui->noticeText, TextRole::Small);
    for (QPlainTextEdit *edit : {ui->response, ui->headers, ui->request, ui->timing}) {
        setUp(edit);
    }
    m_response.edit = ui->response;
    m_request.edit = ui->request;
    ui->format->setSegments({tr("Pretty"), tr("Raw"), tr("Hex")});
    connect(ui->format, &SegmentedButtons::chosen, this,
            [this](int index) { setFormat(static_cast<BodyFormat>(index)); });
    connect(ui->tabs, &QTabWidget::currentChanged, this, &BodyView::showNotice);
    connect(ui->showAll, &QPushButton::clicked, this, [this] {
        currentPage().whole = true;
        render(currentPage());
    });
    clear();
}

BodyView::~BodyView() = default;

void BodyView::clear(const QString &hint)
{
    ++m_generation;
    setStatus({}, {}, {}, hint);
    ui->response->setPlaceholderText({});
    m_response.droppedDays = 0;
    setPage(m_response, {});
    setPage(m_request, {});
    ui->headers->clear();
    ui->timing->clear();
}

void BodyView::showAttempt(const Attempt &attempt, const QByteArray &requestBody)
{
    ++m_generation;
    QStringList facts{words::duration(attempt.durationUs)};
    if (attempt.status != 0) {
        facts.append(words::size(std::max<qint64>(attempt.responseBodySize, attempt.responseBody.size())));
        facts.append(contentType(attempt.responseHeaders));
    }
    facts.removeAll(QString());
    setStatus(outcomeGlyph(attempt.outcome), outcomeColorKey(attempt.outcome), attempt.reason,
              facts.join(QStringLiteral(" · ")));
    // Where there is no answer, there is room for all of the reason.
    ui->response->setPlaceholderText(attempt.status == 0 ? attempt.reason : QString());
    m_response.fullSize = attempt.responseBodySize;
    m_response.cut = attempt.bodyCut;
    m_response.droppedDays = attempt.bodyDroppedDays;
    setPage(m_response, attempt.responseBody, {}, attempt.responseHeaders);
    ui->headers->setPlainText(bodyText(attempt.responseHeaders, BodyFormat::Raw));
    const QString target = QStringLiteral("POST %1\n").arg(attempt.maskedUrl);
    setPage(m_request, requestBody, target + bodyText(attempt.requestHeaders, BodyFormat::Raw) + QLatin1Char('\n'));
    ui->timing->setPlainText(timingText(attempt.timing, attempt.durationUs));
}

void BodyView::showReceived(const QString &answer, bool good, const QString &facts, const QByteArray &headers,
                            const QByteArray &body)
{
    ++m_generation;
    ui->tabs->setTabText(0, tr("Body"));
    ui->response->setAccessibleName(tr("Received body"));
    ui->tabs->setTabVisible(2, false);
    setTimingShown(false);
    m_response.droppedDays = 0;
    const Outcome outcome = good ? Outcome::Acknowledged : Outcome::Rejected;
    setStatus(outcomeGlyph(outcome), outcomeColorKey(outcome), answer, facts);
    setPage(m_response, body, {}, headers);
    ui->headers->setPlainText(bodyText(headers, BodyFormat::Raw));
}

void BodyView::setTimingShown(bool shown)
{
    ui->tabs->setTabVisible(3, shown);
}

void BodyView::setStatus(const QString &glyph, const QString &colorKey, const QString &words, const QString &facts)
{
    ui->statusGlyph->setVisible(!glyph.isEmpty());
    ui->statusGlyph->setGlyph(glyph);
    ui->statusGlyph->setColorKey(colorKey);
    ui->status->setVisible(!words.isEmpty());
    ui->status->setText(words);
    ui->facts->setText(facts);
}

void BodyView::setFormat(BodyFormat format)
{
    m_format = format;
    render(m_response);
    render(m_request);
}

void BodyView::setPage(Page &page, const QByteArray &bytes, const QString &before, const QByteArray &headers)
{
    const auto unpacked = unpackedBody(headers, bytes, storedBodyLimit);
    page.bytes = bytes;
    page.readable = unpacked && !unpacked->bytes.isEmpty() ? unpacked->bytes : bytes;
    page.packing = unpacked ? packingWords(*unpacked, bytes.size()) : QString();
    page.before = before;
    page.whole = false;
    if (&page != &m_response || bytes.isEmpty()) {
        page.fullSize = -1;
        page.cut = &page == &m_response && page.cut && !bytes.isEmpty();
    }
    render(page);
}

// Small bodies at once, so that nothing flickers; larger ones off the window's thread.
void BodyView::render(Page &page)
{
    constexpr qsizetype atOnce = 4096;
    const QByteArray &all = shownOf(page);
    const bool partly = all.size() > askedAbove && !page.whole;
    const QByteArray shown = partly ? all.left(shownUnasked) : all;
    showNotice();
    if (shown.size() <= atOnce) {
        page.edit->setPlainText(page.before + bodyText(shown, m_format));
        return;
    }
    const auto make = [shown, before = page.before, format = m_format]() -> QString {
        return before + bodyText(shown, format);
    };
    whenDone(this, QtConcurrent::run(make),
             [this, edit = page.edit, generation = m_generation, format = m_format](const QString &text) {
                 if (generation == m_generation && format == m_format) {
                     edit->setPlainText(text);
                 }
             });
}

BodyView::Page &BodyView::currentPage()
{
    return ui->tabs->currentWidget() == ui->requestPage ? m_request : m_response;
}

void BodyView::showNotice()
{
    const bool isBody = ui->tabs->currentWidget() == ui->responsePage || ui->tabs->currentWidget() == ui->requestPage;
    const Page &page = currentPage();
    const QByteArray &shown = shownOf(page);
    const bool partly = shown.size() > askedAbove && !page.whole;
    QString text;
    if (page.droppedDays > 0) {
        text = page.droppedDays == 1 ? tr("The response body was dropped after 1 day.")
                                     : tr("The response body was dropped after %1 days.").arg(page.droppedDays);
    } else if (partly) {
        text = tr("Showing the first %1 of %2.").arg(words::size(shownUnasked), words::size(shown.size()));
    } else if (!page.packing.isEmpty() && m_format != BodyFormat::Hex) {
        text = page.packing;
    } else if (page.cut && page.fullSize > page.bytes.size()) {
        text = tr("Stored the first %1 of %2.").arg(words::limitSize(page.bytes.size()), words::size(page.fullSize));
    } else if (page.cut) {
        text = tr("Stored the first %1; there was more.").arg(words::limitSize(page.bytes.size()));
    } else if (m_format != BodyFormat::Hex && !isCleanText(shown)) {
        text = tr("Some bytes can't be shown as text. Hex shows them all.");
    }
    ui->noticeText->setText(text);
    ui->showAll->setVisible(partly);
    ui->notice->setVisible(isBody && !text.isEmpty());
}

} // namespace courier
