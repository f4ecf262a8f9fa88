#include "tools/authority/output.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "tools/authority/reasons.h"

namespace oshirase::authority {
namespace {

TEST_CASE("JSON stays the same text and holds nothing that a terminal obeys") {
  const nlohmann::json value = {{"name",
                                 "髙\x1b[2J\x7f\xC2\x9Bm\xE2\x80\xAEx\xE2\x80\xA8"
                                 "👨‍👩‍👧"}};

  const auto text = Dump(value);

  CHECK(nlohmann::json::parse(text) == value);
  CHECK(text == R"({"name":"髙\u001b[2J\u007f\u009bm\u202ex\u2028👨‍👩‍👧"})");
}

TEST_CASE("a refusal names the fields in the officer's words") {
  const auto text = Explain(InvalidFields("VENUE_INVALID", {{"details.name", "is too long"},
                                                            {"details.own_measures[1]", "is empty"},
                                                            {"page_size", "is too large"}}));
  CHECK(text.find("登録の内容に誤りがあります。") == 0);
  CHECK(text.find("\n  施設名: is too long") != std::string::npos);
  CHECK(text.find("\n  独自の取組 2: is empty") != std::string::npos);
  CHECK(text.find("\n  page_size: is too large") != std::string::npos);
}

TEST_CASE("being overtaken is explained; an interruption of one's own is told as it is") {
  CHECK(Explain(ReasonedError(absl::StatusCode::kAborted, "VENUE_CHANGED", "changed"))
            .find("ほかの人が先に変えました。") == 0);
  CHECK(Explain(absl::AbortedError("状態は PARTIAL です")) == "状態は PARTIAL です");
}

}  // namespace
}  // namespace oshirase::authority
