#include "tools/authority/output.h"

#include <unicode/unistr.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/time/japan_time.h"
#include "tools/authority/terminal_text.h"

namespace oshirase::authority {
namespace {

using nlohmann::json;

std::string WithoutPrefix(const std::string& name, const std::string& prefix) {
  return std::string(absl::StripPrefix(name, prefix));
}

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

}  // namespace

json TimeJson(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return nullptr;
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", FromProto(time),
                          absl::FixedTimeZone(9 * 60 * 60));
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return time.seconds() == 0 ? "-" : FormatJapanTime(FromProto(time));
}

json ToJson(const registry::v1::Venue& venue) {
  const auto& details = venue.details();
  return {{"venue_id", venue.venue_id()},
          {"venue_code", venue.venue_code()},
          {"name", details.name()},
          {"kana", details.kana()},
          {"kind", details.kind()},
          {"address", details.address()},
          {"phone", details.phone()},
          {"stay_minutes", venue.stay().seconds() / 60},
          {"state", WithoutPrefix(registry::v1::VenueState_Name(venue.state()), "VENUE_STATE_")},
          {"drill", details.drill()},
          {"name_consent", details.name_consent()}};
}

json ToJson(const notifier::v1::Case& c) {
  return {{"id", c.case_id()},
          {"case_ref", c.case_ref()},
          {"notice_number", c.notice_number()},
          {"state", StateName(c.state())},
          {"drill", c.drill()},
          {"submitted_by", c.submitted_by()},
          {"approved_by", std::vector<std::string>(c.approved_by().begin(), c.approved_by().end())},
          {"signatures", c.signatures()},
          {"signatures_needed", c.signatures_needed()},
          {"submitted_at", TimeJson(c.submit_time())},
          {"approved_at", TimeJson(c.approve_time())},
          {"sending_started_at", TimeJson(c.sending_start_time())},
          {"sending_finished_at", TimeJson(c.sending_finish_time())},
          {"expires_at", TimeJson(c.expire_time())},
          {"recipients_bucket", BucketText(c.recipients())},
          {"accepted", c.accepted()},
          {"failed", c.failed()},
          {"unknown", c.unknown()},
          {"unsent", c.unsent()},
          {"suppressed", c.suppressed()},
          {"unreadable", c.unreadable()},
          {"pending", c.pending()},
          {"pause_reason", c.pause_reason()},
          {"seconds_to_notice", c.seconds_to_notice()}};
}

json ToJson(const notifier::v1::PreviewCaseResponse& preview) {
  json exposures = json::array();
  for (const auto& exposure : preview.exposures()) {
    json hours = json::array();
    for (const auto& hour : exposure.hours()) {
      hours.push_back(
          {{"from", TimeJson(hour.start_time())}, {"at_most", BucketText(hour.visits())}});
    }
    exposures.push_back({{"venue_id", exposure.venue_id()},
                         {"at_most", BucketText(exposure.visits())},
                         {"hours", std::move(hours)}});
  }
  return {{"at_most", BucketText(preview.visits())},
          {"signatures_needed", preview.signatures_needed()},
          {"exposures", std::move(exposures)}};
}

json ToJson(const audit::v1::AuditEntry& entry, const std::string& chain) {
  auto detail = json::parse(entry.detail_json(), nullptr, /*allow_exceptions=*/false);
  return {{"chain", chain},
          {"seq", entry.seq()},
          {"time", TimeJson(entry.time())},
          {"actor", entry.actor()},
          {"action", entry.action()},
          {"subject", entry.subject()},
          {"detail", detail.is_discarded() ? json(nullptr) : std::move(detail)},
          {"hash", absl::BytesToHexString(entry.hash())}};
}

json ToJson(const registry::v1::Officer& officer) {
  json roles = json::array();
  for (const auto role : officer.roles()) {
    roles.push_back(RoleText(static_cast<registry::v1::OfficerRole>(role)));
  }
  return {{"id", officer.officer_id()},
          {"roles", std::move(roles)},
          {"keys", officer.public_keys_size()},
          {"enrolled_at", TimeJson(officer.enrol_time())},
          {"revoked_at", TimeJson(officer.revoke_time())}};
}

std::string StateName(notifier::v1::CaseState state) {
  return WithoutPrefix(notifier::v1::CaseState_Name(state), "CASE_STATE_");
}

notifier::v1::CaseState StateOfName(const std::string& name) {
  notifier::v1::CaseState state = notifier::v1::CASE_STATE_UNSPECIFIED;
  notifier::v1::CaseState_Parse("CASE_STATE_" + absl::AsciiStrToUpper(name), &state);
  return state;
}

std::string BucketText(notifier::v1::Bucket bucket) {
  switch (bucket) {
    case notifier::v1::BUCKET_0_TO_9:
      return "0-9";
    case notifier::v1::BUCKET_10_TO_49:
      return "10-49";
    case notifier::v1::BUCKET_50_TO_199:
      return "50-199";
    case notifier::v1::BUCKET_200_TO_999:
      return "200-999";
    case notifier::v1::BUCKET_1000_TO_4999:
      return "1000-4999";
    case notifier::v1::BUCKET_5000_OR_MORE:
      return "5000+";
    default:
      return "";
  }
}

std::string RoleText(registry::v1::OfficerRole role) {
  if (role == registry::v1::OFFICER_ROLE_UNSPECIFIED) return "";
  return absl::AsciiStrToLower(
      WithoutPrefix(registry::v1::OfficerRole_Name(role), "OFFICER_ROLE_"));
}

registry::v1::OfficerRole RoleOfText(const std::string& text) {
  registry::v1::OfficerRole role = registry::v1::OFFICER_ROLE_UNSPECIFIED;
  registry::v1::OfficerRole_Parse("OFFICER_ROLE_" + absl::AsciiStrToUpper(text), &role);
  return role;
}

std::string Describe(const notifier::v1::Case& c) {
  std::vector<std::vector<std::string>> rows = {
      {"症例", c.case_id()},
      {"照会番号", c.case_ref()},
      {"お知らせ番号", c.notice_number()},
      {"状態", StateName(c.state()) + (c.drill() ? "（訓練）" : "")},
      {"入力", absl::StrCat(c.submitted_by(), "  ", TimeText(c.submit_time()))},
      {"承認",
       absl::StrCat(absl::StrJoin(c.approved_by(), ", "), "  ", TimeText(c.approve_time()))},
      {"署名", absl::StrCat(c.signatures(), " / ", c.signatures_needed())},
      {"対象者", BucketText(c.recipients())},
      {"受付済み",
       absl::StrCat(c.accepted(), " 人（LINEが受け付けた人数。届いた人数ではありません）")},
      {"失敗・不明・未送信", absl::StrCat(c.failed(), "・", c.unknown(), "・", c.unsent())},
      {"送信対象外・開封不能", absl::StrCat(c.suppressed(), "・", c.unreadable())}};
  if (!c.pause_reason().empty()) rows.push_back({"停止の理由", c.pause_reason()});
  if (c.seconds_to_notice() > 0) {
    rows.push_back({"入力から送信完了まで", absl::StrFormat("%.1f 秒", c.seconds_to_notice())});
  }
  return Table(rows);
}

std::string Dump(const json& value) {
  // Ends of strings, brackets and commas are ASCII: what is escaped here is inside a string.
  const auto text = icu::UnicodeString::fromUTF8(
      value.dump(-1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace));
  icu::UnicodeString escaped;
  for (int32_t i = 0; i < text.length(); ++i) {
    if (IsUnfitForTerminal(text.charAt(i))) {
      escaped += icu::UnicodeString::fromUTF8(absl::StrFormat("\\u%04x", text.charAt(i)));
    } else {
      escaped += text.charAt(i);
    }
  }
  std::string utf8;
  return escaped.toUTF8String(utf8);
}

}  // namespace oshirase::authority
