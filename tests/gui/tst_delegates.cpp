// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/celldelegate.h"
#include "gui/courierstyle.h"
#include "gui/theme.h"
#include "gui/viewsetup.h"
#include "models/marks.h"
#include "models/roles.h"

#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QImage>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolTip>
#include <QTreeView>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace courier;

namespace {

int countOf(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixelColor(x, y).rgb() == color.rgb() ? 1 : 0;
        }
    }
    return count;
}

// A stroke of a small letter may reach no pixel wholly: compare the darkest one.
int darkest(const QImage &image)
{
    int least = 255;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            least = std::min(least, qGray(image.pixel(x, y)));
        }
    }
    return least;
}

QImage pictureOf(QAbstractItemView &view, const QModelIndex &index)
{
    return view.viewport()->grab(view.visualRect(index)).toImage();
}

} // namespace

class TestDelegates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void rowsHaveTheirHeight();
    void rowsGrowWithTheFont();
    void aPillIsFilled();
    void fromTheRightItIsMirrored();
    void glyphsStandInLineWithPills();
    void mutedWordsTurnFullWhenChosen();
    void theCurrentRowBearsABarWhileFocused();
    void aNoteStandsMutedAfterTheWords();
    void longWordsAreElidedAndShownInATip();
    void aTipIsPlainText();
    void navigationRowsHaveTheirHeights();
    void aCountIsNeverElided();

private:
    void showTip(QAbstractItemView &view, const QModelIndex &index) const;

    Theme m_theme;
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<QTableView> m_table;
};

void TestDelegates::initTestCase()
{
    CourierStyle::install(m_theme);
    m_theme.setAppearance(Theme::Appearance::Light);
}

void TestDelegates::init()
{
    m_model = std::make_unique<QStandardItemModel>(0, 2);
    for (const Severity severity : {Severity::Critical, Severity::High, Severity::Low}) {
        auto *first = new QStandardItem(displayName(severity));
        first->setData(severityGlyph(severity), GlyphRole);
        first->setData(severityColorKey(severity), ColorKeyRole);
        first->setData(severity == Severity::Critical, PillRole);
        auto *second = new QStandardItem(QStringLiteral("2 min ago"));
        second->setData(true, MutedRole);
        m_model->appendRow({first, second});
    }
    m_table = std::make_unique<QTableView>();
    m_table->setModel(m_model.get());
    prepareTable(m_table.get());
    m_table->setColumnWidth(0, 120);
    m_table->resize(400, 200);
    m_table->show();
    QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
    m_table->setFocus();
}

void TestDelegates::cleanup()
{
    m_table.reset();
    m_model.reset();
}

void TestDelegates::showTip(QAbstractItemView &view, const QModelIndex &index) const
{
    const QPoint at = view.visualRect(index).center();
    QHelpEvent event(QEvent::ToolTip, at, view.viewport()->mapToGlobal(at));
    QApplication::sendEvent(view.viewport(), &event);
}

void TestDelegates::rowsHaveTheirHeight()
{
    QCOMPARE(m_table->rowHeight(0), 30);
    QCOMPARE(m_table->horizontalHeader()->height(), 32);
    QCOMPARE(m_table->sizeHintForIndex(m_model->index(0, 0)).height(), 30);
    QTreeView tree;
    prepareTree(&tree);
    tree.setModel(m_model.get());
    QCOMPARE(tree.sizeHintForIndex(m_model->index(0, 0)).height(), 26);
}

void TestDelegates::rowsGrowWithTheFont()
{
    QTableView table;
    QFont big = table.font();
    big.setPointSize(24);
    table.setFont(big);
    prepareTable(&table);
    QVERIFY(table.verticalHeader()->defaultSectionSize() > table.fontMetrics().height());
    const CellDelegate delegate(nullptr);
    QStyleOptionViewItem option;
    option.font = big;
    option.fontMetrics = QFontMetrics(big);
    QVERIFY(delegate.sizeHint(option, m_model->index(0, 0)).height() > QFontMetrics(big).height());
}

void TestDelegates::aPillIsFilled()
{
    const QColor critical = m_theme.color(ThemeColor::Critical);
    QVERIFY(countOf(pictureOf(*m_table, m_model->index(0, 0)), critical) > 600);
    QCOMPARE(countOf(pictureOf(*m_table, m_model->index(1, 0)), critical), 0);
    QVERIFY(countOf(pictureOf(*m_table, m_model->index(1, 0)), m_theme.color(ThemeColor::High)) > 20);
}

void TestDelegates::fromTheRightItIsMirrored()
{
    const QColor high = m_theme.color(ThemeColor::High);
    const auto inRightHalf = [&] {
        const QImage image = pictureOf(*m_table, m_model->index(1, 0));
        return countOf(image.copy(image.width() / 2, 0, image.width() / 2, image.height()), high);
    };
    QCOMPARE(inRightHalf(), 0);
    m_table->setLayoutDirection(Qt::RightToLeft);
    QVERIFY(inRightHalf() > 20);
}

void TestDelegates::glyphsStandInLineWithPills()
{
    // The same glyph on a pill and, in the row below it, without one.
    m_model->item(1, 0)->setData(severityGlyph(Severity::Critical), GlyphRole);
    const auto leftOf = [](const QImage &image, const QColor &color, int from) {
        for (int x = from; x < image.width(); ++x) {
            if (countOf(image.copy(x, 10, 1, 10), color) > 0) {
                return x;
            }
        }
        return -1;
    };
    const QImage pill = pictureOf(*m_table, m_model->index(0, 0));
    const QImage plain = pictureOf(*m_table, m_model->index(1, 0));
    const int inPill = leftOf(pill, m_theme.color(ThemeColor::OnPill), 15); // right of the pill's round end
    const int below = leftOf(plain, m_theme.color(ThemeColor::High), 0);
    QVERIFY(inPill > 0);
    QCOMPARE(inPill, below);
}

void TestDelegates::mutedWordsTurnFullWhenChosen()
{
    m_table->clearSelection();
    const int before = darkest(pictureOf(*m_table, m_model->index(1, 1)));
    m_table->selectRow(1);
    const int after = darkest(pictureOf(*m_table, m_model->index(1, 1)));
    QVERIFY(before >= qGray(m_theme.color(ThemeColor::Muted).rgb()));
    QVERIFY(after < before - 20);
}

void TestDelegates::theCurrentRowBearsABarWhileFocused()
{
    const QColor accent = m_theme.color(ThemeColor::Accent);
    m_table->selectRow(1);
    QCOMPARE(countOf(pictureOf(*m_table, m_model->index(1, 0)), accent), 3 * 30);
    QCOMPARE(countOf(pictureOf(*m_table, m_model->index(0, 0)), accent), 0);
    QCOMPARE(countOf(pictureOf(*m_table, m_model->index(1, 1)), accent), 0);
    m_table->horizontalHeader()->moveSection(0, 1); // now another column is the first
    QCOMPARE(countOf(pictureOf(*m_table, m_model->index(1, 1)), accent), 3 * 30);
    m_table->clearFocus();
    QCOMPARE(countOf(pictureOf(*m_table, m_model->index(1, 1)), accent), 0);
}

void TestDelegates::aNoteStandsMutedAfterTheWords()
{
    m_table->setColumnWidth(1, 240);
    QStandardItem *item = m_model->item(1, 1);
    item->setText(QStringLiteral("Disk full"));
    item->setData(false, MutedRole);
    const QImage plain = pictureOf(*m_table, m_model->index(1, 1));
    const int height = m_table->rowHeight(1);
    item->setData(QStringLiteral(" · resolved"), NoteRole);
    const QImage noted = pictureOf(*m_table, m_model->index(1, 1));
    QCOMPARE(m_table->rowHeight(1), height);
    const int words = 8 + QFontMetrics(m_table->font()).horizontalAdvance(item->text());
    QCOMPARE(noted.copy(0, 0, words, noted.height()), plain.copy(0, 0, words, plain.height()));
    const QRect rest(words, 2, noted.width() - words, noted.height() - 4);
    const int darkestOfNote = darkest(noted.copy(rest));
    QVERIFY(darkest(plain.copy(rest)) > 200);
    QVERIFY(darkestOfNote < 200);
    QVERIFY(darkestOfNote >= qGray(m_theme.color(ThemeColor::Muted).rgb()));
    // Where the words are cut, the note stays.
    item->setText(QString(100, u'x'));
    QVERIFY(darkest(pictureOf(*m_table, m_model->index(1, 1)).copy(180, 2, 52, 28)) >=
            qGray(m_theme.color(ThemeColor::Muted).rgb()));
    m_table->setColumnWidth(1, 80); // no room for both
    QVERIFY(darkest(pictureOf(*m_table, m_model->index(1, 1)).copy(10, 2, 60, 28)) <
            qGray(m_theme.color(ThemeColor::Muted).rgb()));
}

void TestDelegates::longWordsAreElidedAndShownInATip()
{
    const QString words = QStringLiteral("Firewall rule 4471 has had no hits for 90 days");
    m_model->item(1, 1)->setText(words);
    m_table->setColumnWidth(1, 80);
    showTip(*m_table, m_model->index(1, 1));
    QCOMPARE(QToolTip::text(), words);
    m_table->setColumnWidth(1, 390);
    showTip(*m_table, m_model->index(1, 1));
    QTRY_VERIFY(QToolTip::text().isEmpty() || !QToolTip::isVisible());
}

void TestDelegates::aTipIsPlainText()
{
    m_model->item(1, 1)->setToolTip(QStringLiteral("<b>not bold</b>"));
    showTip(*m_table, m_model->index(1, 1));
    QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;b&gt;not bold&lt;/b&gt;")));
}

void TestDelegates::navigationRowsHaveTheirHeights()
{
    QStandardItemModel model;
    for (int section = 0; section < 2; ++section) {
        auto *heading = new QStandardItem(QStringLiteral("Alerts"));
        heading->setData(true, HeadingRole);
        heading->appendRow(new QStandardItem(QStringLiteral("All alerts")));
        model.appendRow(heading);
    }
    QTreeView tree;
    tree.setModel(&model);
    prepareNavigation(&tree);
    QCOMPARE(tree.sizeHintForIndex(model.index(0, 0)).height(), 32);
    QCOMPARE(tree.sizeHintForIndex(model.index(1, 0)).height(), 38);
    QCOMPARE(tree.sizeHintForIndex(model.index(0, 0, model.index(0, 0))).height(), 30);
}

void TestDelegates::aCountIsNeverElided()
{
    QStandardItemModel model;
    auto *entry = new QStandardItem(QStringLiteral("A name that is far too long for the sidebar"));
    entry->setData(QStringLiteral("12,408"), CountRole);
    model.appendRow(entry);
    QTreeView tree;
    tree.setModel(&model);
    prepareNavigation(&tree);
    tree.resize(200, 100);
    tree.show();
    const QRect row = tree.visualRect(model.index(0, 0));
    const int width = QFontMetrics(tree.font()).horizontalAdvance(QStringLiteral("12,408"));
    const QRect place(row.right() - 18 - width, row.top(), width, row.height());
    const QImage with = tree.viewport()->grab(place).toImage();
    entry->setText(QStringLiteral("Short"));
    QCOMPARE(tree.viewport()->grab(place).toImage(), with);
}

QTEST_MAIN(TestDelegates)
#include "tst_delegates.moc"
