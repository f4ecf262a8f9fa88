#include "tools/authority/register_csv.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/csv/csv_writer.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/industries.h"
#include "tools/authority/output.h"

namespace oshirase::authority {
namespace {

// "220-0012", so that a spreadsheet takes it for a text and keeps its zeros.
std::string PostalCode(const std::string& digits) {
  return digits.size() == 7 ? absl::StrCat(digits.substr(0, 3), "-", digits.substr(3)) : digits;
}

std::string Time(const google::protobuf::Timestamp& time) {
  return time.seconds() == 0 ? "" : TimeText(time);
}

std::string YesNo(bool flag) { return flag ? "はい" : "いいえ"; }

std::vector<std::string> Measures(const registry::v1::VenueDetails& details) {
  std::vector<std::string> texts;
  for (const auto& id : details.measure_ids()) texts.push_back(MeasureText(id));
  for (const auto& own : details.own_measures()) texts.push_back(own);
  return texts;
}

}  // namespace

std::string RegisterCsvHead() {
  return std::string(kCsvMark) +
         FormatCsvRow({"施設ID",       "施設名",       "フリガナ",     "業種",       "事業者名",
                       "郵便番号",     "市区町村",     "住所",         "電話番号",   "メール",
                       "状態",         "登録",         "取組書の番号", "取組書の版", "取組書の発行",
                       "取組書の状態", "現地確認",     "取組",         "催しの開始", "催しの終了",
                       "一覧への掲載", "施設名の同意", "訓練用"});
}

std::string RegisterCsvRow(const registry::v1::RegisterEntry& entry) {
  const auto& venue = entry.venue();
  const auto& details = venue.details();
  const auto& certificate = entry.certificate();
  return FormatCsvRow({venue.venue_id(),
                       details.name(),
                       details.kana(),
                       KindText(details.kind()),
                       details.business_name(),
                       PostalCode(details.postal_code()),
                       details.municipality(),
                       details.address(),
                       details.phone(),
                       details.email(),
                       StateText(venue.state()),
                       Time(venue.create_time()),
                       entry.has_certificate() ? NumberText(certificate.certificate_number()) : "",
                       entry.has_certificate() ? absl::StrCat(certificate.version()) : "",
                       Time(certificate.issue_time()),
                       entry.has_certificate() ? StateText(certificate.state()) : "",
                       Time(entry.inspect_time()),
                       absl::StrJoin(Measures(details), "\n"),
                       Time(details.event_start_time()),
                       Time(details.event_end_time()),
                       YesNo(details.listed()),
                       YesNo(details.name_consent()),
                       YesNo(details.drill())});
}

}  // namespace oshirase::authority
