// The counts of the register as bars: in a terminal, and as a picture.
#pragma once

#include <string>
#include <vector>

#include "oshirase/registry/v1/desk_service.pb.h"

namespace oshirase::authority {

struct Bar {
  std::string label;
  int count = 0;
};

struct Chart {
  std::string title;
  std::vector<Bar> bars;
};

// By industry, municipality, state and month, with the words people know.
std::vector<Chart> ChartsOf(const registry::v1::CountRegisterResponse& counts);

// "飲食店  ███████▌ 15", a line for each bar, which is fit for a terminal.
std::string TerminalChart(const Chart& chart);

// All charts under each other in one SVG 1.1 picture, with a title and a description for those who
// cannot see it.
std::string SvgCharts(const std::vector<Chart>& charts);

}  // namespace oshirase::authority
