#include "tools/authority/interview_sheet.h"

#include <catch2/catch.hpp>

#include "common/time/japan_time.h"
#include "tests/support/status_matchers.h"

namespace oshirase::authority {
namespace {

constexpr char kHeader[] = "venue_code,venue_name,from,to,note\n";

std::string Message(const absl::Status& status) { return std::string(status.message()); }

TEST_CASE("a sheet in UTF-8 is read, with or without a byte order mark") {
  const std::string sheet = std::string(kHeader) + "ABCD,,2020-06-01T19:00,2020-06-01T21:30,\n" +
                            ",\"居酒屋たけ, 横浜\",2020-06-01T23:00,2020-06-02T02:00,\"二次会\"\n";
  for (const auto& content : {sheet, "\xEF\xBB\xBF" + sheet}) {
    const auto stops = ReadSheet(content);
    REQUIRE_OK(stops);
    REQUIRE(stops->size() == 2);
    CHECK((*stops)[0].venue_code == "ABCD");
    CHECK((*stops)[1].venue_name == "居酒屋たけ, 横浜");
    CHECK((*stops)[1].to - (*stops)[1].from == absl::Hours(3));
  }
}

TEST_CASE("a sheet in Shift_JIS is read") {
  // 髙島屋 with the "ladder" letter that only Windows' Shift_JIS has.
  const std::string sheet =
      std::string(kHeader) + ",\xFB\xFC\x93\x87\x89\xAE,2020-06-01T19:00,2020-06-01T21:30,\r\n";
  const auto stops = ReadSheet(sheet);
  REQUIRE_OK(stops);
  CHECK(stops->front().venue_name == "髙島屋");
}

TEST_CASE("every bad line is reported and nothing is taken") {
  const auto stops = ReadSheet(std::string(kHeader) +
                               "A,,2020-06-01T19:00,2020-06-01T18:00,\n"
                               "B,,2020-06-01T19:00,2020-06-01T21:00,\n"
                               "C,,6/1 19:00,2020-06-01T21:00,\n"
                               ",,2020-06-01T19:00,2020-06-01T21:00,\n");

  CHECK_CODE(stops, absl::StatusCode::kInvalidArgument);
  const auto message = Message(stops.status());
  CHECK(message.find("1 行目: 終了が開始より後") != std::string::npos);
  CHECK(message.find("2 行目") == std::string::npos);
  CHECK(message.find("3 行目: 開始「6/1 19:00」") != std::string::npos);
  CHECK(message.find("4 行目: venue_code も venue_name も") != std::string::npos);
}

TEST_CASE("what is no sheet is refused in words") {
  CHECK(Message(ReadSheet("").status()) == "CSVに行がありません");
  CHECK(Message(ReadSheet("a,b\n1,2\n").status()).find("見出し") != std::string::npos);
  CHECK(Message(ReadSheet(std::string(kHeader) + "\"open,,,,\n").status()).find("引用符") !=
        std::string::npos);
  CHECK(Message(ReadSheet("\x81").status()).find("文字コード") != std::string::npos);
  CHECK(Message(ReadSheet(std::string(6'000'000, 'x')).status()).find("5 MB") != std::string::npos);
}

TEST_CASE("places given on the command line are read, and wrong times named") {
  const auto good = ReadStops({{"ABCD", "2020-06-01T19:00", "2020-06-01T21:00+09:00"}});
  REQUIRE_OK(good);
  CHECK(good->front().to - good->front().from == absl::Hours(2));

  const auto bad = ReadStops({{"ABCD", "19:00", "21:00"}, {"E", "2020-06-01T19:00", "x"}});
  CHECK(Message(bad.status()).find("1 件目") != std::string::npos);
  CHECK(Message(bad.status()).find("2 件目") != std::string::npos);
}

}  // namespace
}  // namespace oshirase::authority
