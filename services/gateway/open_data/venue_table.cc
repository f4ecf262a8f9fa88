#include "services/gateway/open_data/venue_table.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/csv/csv_writer.h"
#include "common/time/japan_time.h"

namespace oshirase::gateway {
namespace {

using Row = ListedVenue;

std::string DateOf(const std::optional<absl::Time>& time) {
  return time ? FormatDay(DayOf(*time)) : "";
}

std::string TimeOf(const std::optional<absl::Time>& time) {
  return time ? absl::FormatTime("%Y-%m-%dT%H:%M:%S+09:00", *time, absl::FixedTimeZone(9 * 3600))
              : "";
}

std::string NumberOf(const Row& venue) { return ids::FormatPublicNumber(venue.certificate_number); }

constexpr VenueColumn kColumns[] = {
    {"全国地方公共団体コード", "code",
     [](const Row&, const Publisher& by) { return by.prefecture_code; }},
    {"ID", "id", [](const Row& venue, const Publisher&) { return NumberOf(venue); }},
    {"地方公共団体名", "body", [](const Row&, const Publisher& by) { return by.prefecture_name; }},
    {"名称", "name", [](const Row& venue, const Publisher&) { return venue.name; }},
    {"名称_カナ", "kana", [](const Row& venue, const Publisher&) { return venue.kana; }},
    {"業種", "kind", [](const Row& venue, const Publisher&) { return venue.kind; }},
    {"郵便番号", "postal_code",
     [](const Row& venue, const Publisher&) { return venue.postal_code; }},
    {"所在地_連結表記", "full_address",
     [](const Row& venue, const Publisher& by) {
       return absl::StrCat(by.prefecture_name, venue.municipality, venue.address);
     }},
    {"所在地_都道府県", "prefecture",
     [](const Row&, const Publisher& by) { return by.prefecture_name; }},
    {"所在地_市区町村", "municipality",
     [](const Row& venue, const Publisher&) { return venue.municipality; }},
    {"所在地_町字以下", "address",
     [](const Row& venue, const Publisher&) { return venue.address; }},
    {"電話番号", "phone", [](const Row& venue, const Publisher&) { return venue.phone; }},
    {"開始日時", "start",
     [](const Row& venue, const Publisher&) { return TimeOf(venue.event_start); }},
    {"終了日時", "end", [](const Row& venue, const Publisher&) { return TimeOf(venue.event_end); }},
    {"取組書発行日", "issued",
     [](const Row& venue, const Publisher&) { return DateOf(venue.issue_time); }},
    {"現地確認日", "inspected",
     [](const Row& venue, const Publisher&) { return DateOf(venue.inspect_time); }},
    {"URL", "url",
     [](const Row& venue, const Publisher& by) {
       return absl::StrCat(by.public_url, "/certificates/", NumberOf(venue));
     }},
};

}  // namespace

std::span<const VenueColumn> VenueColumns() { return kColumns; }

std::string VenueCsvHead() {
  std::vector<std::string> cells;
  for (const VenueColumn& column : kColumns) cells.emplace_back(column.name);
  return FormatCsvRow(cells);
}

std::string VenueCsvRow(const ListedVenue& venue, const Publisher& publisher) {
  std::vector<std::string> cells;
  for (const VenueColumn& column : kColumns) cells.push_back(column.value(venue, publisher));
  return FormatCsvRow(cells);
}

std::string VenueJson(const ListedVenue& venue, const Publisher& publisher) {
  nlohmann::ordered_json json;
  for (const VenueColumn& column : kColumns) json[column.name] = column.value(venue, publisher);
  // Bytes that are no UTF-8 become U+FFFD.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace oshirase::gateway
