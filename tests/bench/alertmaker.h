// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"

#include <QStringList>

#include <random>

namespace courier::bench {

/// Makes alerts as a site of some thousand machines has them: words of which some are in every alert and most in few,
/// names of hosts, a context of a few hundred bytes. The same ones each time.
class AlertMaker
{
public:
    AlertMaker();
    Alert make(int number);

private:
    QString rareWord();
    int below(int end) { return static_cast<int>(m_random() % static_cast<unsigned>(end)); }

    std::mt19937 m_random;
    QStringList m_words;
};

} // namespace courier::bench
