#include "tools/authority/progress.h"

#include <catch2/catch.hpp>
#include <vector>

namespace oshirase::authority {
namespace {

TEST_CASE("the bar grows with what is done") {
  CHECK(ProgressText(0, 10, "件") == "[------------------------------]   0%  0 / 10 件");
  CHECK(ProgressText(5, 10, "件") == "[###############---------------]  50%  5 / 10 件");
  CHECK(ProgressText(10, 10, "件") == "[##############################] 100%  10 / 10 件");
  CHECK(ProgressText(0, 0, "件") == "[------------------------------]   0%  0 / 0 件");
}

TEST_CASE("without a terminal there is a line now and then, and always the last one") {
  std::vector<std::string> lines;
  ProgressLine line("件", /*on_terminal=*/false,
                    [&lines](const std::string& text) { lines.push_back(text); });

  for (int done = 0; done <= 100; ++done) line.Show(done, 100);
  line.Show(100, 100);
  line.End();

  REQUIRE(lines.size() >= 2);
  CHECK(lines.size() < 10);
  CHECK(lines.front().find("0 / 100 件") != std::string::npos);
  CHECK(lines.back() != lines[lines.size() - 2]);
  CHECK(lines.back().find("100 / 100 件") != std::string::npos);
}

}  // namespace
}  // namespace oshirase::authority
