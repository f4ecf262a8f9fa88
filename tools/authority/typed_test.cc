#include "tools/authority/typed.h"

#include "absl/strings/match.h"
#include "common/ids/public_number.h"
#include "common/ids/venue_code.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"

namespace oshirase::authority {
namespace {

std::string Repeated(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

bool IsWrongUse(const absl::Status& status) { return ReasonOf(status) == "WRONG_USE"; }

TEST_CASE("a line is trimmed, counted as a reader does, and holds no control characters") {
  CHECK(*TypedLine({"名", "　 髙﨑𠮷 ", 3}) == "髙﨑𠮷");
  CHECK_OK(TypedLine({"名", Repeated("👨‍👩‍👧", 5), 5}));
  CHECK(IsWrongUse(TypedLine({"名", "四文字だ", 3}).status()));
  CHECK(IsWrongUse(TypedLine({"名", Repeated("\xCC\x81", 5000), 3}).status()));
  for (const char* text : {"", "　", "a\nb", "a\x1b[m", "a\xE2\x80\xAEz", "\xFF"}) {
    INFO(text);
    CHECK(IsWrongUse(TypedLine({"名", text, 10}).status()));
  }
}

TEST_CASE("a letter has lines") {
  CHECK(*TypedLetter({"回答", "一\r\n二\n", 10}) == "一\n二");
  CHECK(IsWrongUse(TypedLetter({"回答", "a\x07", 10}).status()));
}

TEST_CASE("an entry is named by its id, code or certificate number, however it is typed") {
  const auto code = ids::NewVenueCode();
  const auto number = ids::NewPublicNumber();

  CHECK(*TypedEntryKey(ids::FormatVenueCode(code)) == code.value);
  CHECK(*TypedEntryKey(ids::FormatPublicNumber(number)) == number.value);
  CHECK(*TypedEntryKey("6ba7b810-9dad-41d1-80b4-00c04fd430c8") ==
        "6ba7b810-9dad-41d1-80b4-00c04fd430c8");
  CHECK(IsWrongUse(TypedEntryKey("たけ").status()));
  CHECK(IsWrongUse(TypedEntryKey(std::string(100000, 'A')).status()));
}

TEST_CASE("a filter is read whole") {
  const auto filter = TypedFilter({.text = "たけ",
                                   .kind = "restaurant",
                                   .municipality = "横浜市中区",
                                   .state = "OPEN",
                                   .from = "2020-06-01",
                                   .to = "2020-06-01"});

  REQUIRE_OK(filter);
  CHECK(filter->state() == registry::v1::VENUE_STATE_OPEN);
  CHECK(filter->create_time_from().seconds() == 1590937200);  // 00:00 in Japan
  CHECK(filter->create_time_to().seconds() == 1590937200 + 86400);
  CHECK_FALSE(TypedFilter({})->has_create_time_to());
}

TEST_CASE("everything that is wrong with a filter is told at once") {
  const auto status = TypedFilter({.text = Repeated("あ", 101),
                                   .kind = "shop-of-horrors",
                                   .state = "ajar",
                                   .from = "2020-02-30"})
                          .status();

  CHECK(IsWrongUse(status));
  for (const char* part : {"探す言葉", "restaurant", "--state", "--from"}) {
    INFO(part);
    CHECK(absl::StrContains(std::string(status.message()), part));
  }
  CHECK(IsWrongUse(TypedFilter({.from = "2020-06-02", .to = "2020-06-01"}).status()));
}

TEST_CASE("addresses, documents and numbers are checked for their form") {
  CHECK_OK(TypedEmail("owner@example.jp"));
  for (const char* text : {"owner", "@example.jp", "owner@", "a b@c", "a@b\r\nBcc: x@y"}) {
    INFO(text);
    CHECK(IsWrongUse(TypedEmail(text).status()));
  }
  CHECK(*TypedDocument("table-tent") == registry::v1::DOCUMENT_TABLE_TENT);
  CHECK(IsWrongUse(TypedDocument("menu").status()));
  CHECK(IsWrongUse(TypedNumber("番号", "0000-0000-0000-1").status()));
  CHECK(IsWrongUse(TypedUuid("ID", "1; DROP TABLE").status()));
}

}  // namespace
}  // namespace oshirase::authority
