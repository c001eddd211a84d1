// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "gui/bodytext.h"

#include <QWidget>

#include <memory>

class QPlainTextEdit;

namespace courier {

namespace Ui {
class BodyView;
}

/// What one request sent and got: status line, then the tabs Response, Headers, Request, Timing, with Pretty, Raw and
/// Hex for the bodies. Everything is shown as text, whatever it is; texts are made off the window's thread.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(QWidget *parent = nullptr);
    ~BodyView() override;

    /// Nothing chosen: the empty view with \a hint in the place of the status.
    void clear(const QString &hint = {});
    /// \a requestBody is what the attempt sent: it is made again by whoever has the alert.
    void showAttempt(const Attempt &attempt, const QByteArray &requestBody);
    /// The receiver's side: what it got, and in a word what it answered.
    void showReceived(const QString &answer, bool good, const QString &facts, const QByteArray &headers,
                      const QByteArray &body);
    /// The body that is shown first, as it came or unpacked.
    QByteArray body() const { return m_response.readable; }
    void setTimingShown(bool shown);

private:
    struct Page
    {
        QPlainTextEdit *edit = nullptr;
        QByteArray bytes;    ///< as they came
        QByteArray readable; ///< the same where they weren't packed
        QString packing;     ///< what there is to say of it
        QString before;      ///< stands above the bytes' text, e.g. the request's headers
        qint64 fullSize = -1;
        bool cut = false;
        int droppedDays = 0; ///< the bytes were kept for so long; 0: they are kept still
        bool whole = false;  ///< the operator asked for more than the first part
    };
    void setFormat(BodyFormat format);
    void setStatus(const QString &glyph, const QString &colorKey, const QString &words, const QString &facts);
    /// \a headers came with the bytes and say whether they are packed.
    void setPage(Page &page, const QByteArray &bytes, const QString &before = {}, const QByteArray &headers = {});
    const QByteArray &shownOf(const Page &page) const
    {
        return m_format == BodyFormat::Hex ? page.bytes : page.readable;
    }
    void render(Page &page);
    void showNotice();
    Page &currentPage();

    std::unique_ptr<Ui::BodyView> ui;
    Page m_response;
    Page m_request;
    BodyFormat m_format = BodyFormat::Pretty;
    quint64 m_generation = 0; ///< texts made for what was shown before are thrown away
};

} // namespace courier
