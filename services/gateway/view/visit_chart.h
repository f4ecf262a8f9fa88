// The days of a venue as a small chart and as the table that says the same.
#pragma once

#include <kainjow/mustache.hpp>
#include <vector>

#include "services/gateway/backends/visit_counter.h"
#include "services/gateway/i18n/words.h"

namespace oshirase::gateway {

// Adds the values of pages/_visit_chart.html.
void AddVisitChart(const std::vector<DayCount>& days, const Words& words, Language language,
                   kainjow::mustache::data& page);

}  // namespace oshirase::gateway
