#include "tools/authority/desk_text.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/ids/public_number.h"
#include "common/ids/venue_code.h"
#include "tools/authority/industries.h"
#include "tools/authority/output.h"
#include "tools/authority/terminal_text.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;
using Rows = std::vector<std::vector<std::string>>;

std::string ActionText(const std::string& action) {
  // As the registry's audit log has them, without what they are done to.
  static const std::map<std::string, std::string> kWords = {
      {"registered", "登録"},
      {"corrected", "訂正"},
      {"changed", "変更"},
      {"code-replaced", "QRコードの交換"},
      {"closed", "閉鎖"},
      {"opened", "再開"},
      {"suspended", "停止"},
      {"inspected", "現地で確認"},
      {"inspected-unconfirmed", "現地で確認できず"},
      {"withdrawn", "取組書の取り消し"},
      {"reissued", "取組書の再発行"},
      {"notice-mailed", "お知らせのメール"}};
  const auto found = kWords.find(action);
  return found == kWords.end() ? action : found->second;
}

std::string SubjectText(rv1::ReportSubject subject) {
  switch (subject) {
    case rv1::REPORT_SUBJECT_FALSE_CERTIFICATE:
      return "偽物や、よその取組書";
    case rv1::REPORT_SUBJECT_TAMPERED_QR:
      return "QRコードの貼り替え";
    case rv1::REPORT_SUBJECT_MEASURES_NOT_TAKEN:
      return "対策が行われていない";
    default:
      return "-";
  }
}

// Lines of one value under each other, labelled once.
void AddLines(const std::string& label, const std::string& text, Rows& rows) {
  std::string shown = label;
  for (const auto& line : absl::StrSplit(text, '\n')) {
    rows.push_back({std::exchange(shown, ""), std::string(line)});
  }
}

std::string HistoryText(const rv1::GetEntryResponse& entry) {
  Rows rows;
  for (const auto& change : entry.changes()) {
    std::vector<std::string> fields;
    for (const auto& field : change.fields()) fields.push_back(LabelOf(field));
    rows.push_back({"  " + TimeText(change.time()), change.actor(), ActionText(change.action()),
                    absl::StrJoin(fields, "、"), change.reason()});
  }
  return Table(rows);
}

std::string CertificatesText(const rv1::GetEntryResponse& entry) {
  Rows rows;
  for (const auto& certificate : entry.certificates()) {
    rows.push_back({"  " + NumberText(certificate.certificate_number()),
                    absl::StrCat("第", certificate.version(), "版"),
                    TimeText(certificate.issue_time()), StateText(certificate.state())});
  }
  return Table(rows);
}

}  // namespace

std::string StateText(rv1::VenueState state) {
  switch (state) {
    case rv1::VENUE_STATE_OPEN:
      return "利用中";
    case rv1::VENUE_STATE_CLOSED:
      return "閉鎖";
    case rv1::VENUE_STATE_SUSPENDED:
      return "停止中";
    default:
      return "-";
  }
}

std::string StateText(rv1::CertificateState state) {
  switch (state) {
    case rv1::CERTIFICATE_STATE_CURRENT:
      return "有効";
    case rv1::CERTIFICATE_STATE_SUPERSEDED:
      return "旧版";
    case rv1::CERTIFICATE_STATE_WITHDRAWN:
      return "取り消し";
    default:
      return "-";
  }
}

std::string NumberText(const std::string& number) {
  return number.empty() ? "-" : ids::FormatPublicNumber(ids::PublicNumber{number});
}

std::string StateWordText(const std::string& word) {
  if (word == "open") return StateText(rv1::VENUE_STATE_OPEN);
  if (word == "closed") return StateText(rv1::VENUE_STATE_CLOSED);
  if (word == "suspended") return StateText(rv1::VENUE_STATE_SUSPENDED);
  return word;
}

std::string EntriesText(const std::vector<rv1::RegisterEntry>& entries) {
  Rows rows = {{"取組書の番号", "施設名", "業種", "所在地", "状態", "登録", "現地確認"}};
  for (const auto& entry : entries) {
    const auto& details = entry.venue().details();
    rows.push_back(
        {NumberText(entry.certificate().certificate_number()),
         absl::StrCat(details.name(), details.drill() ? "（訓練）" : ""), KindText(details.kind()),
         absl::StrCat(details.municipality(), details.address()), StateText(entry.venue().state()),
         TimeText(entry.venue().create_time()), TimeText(entry.inspect_time())});
  }
  return Table(rows);
}

std::string EntryText(const rv1::GetEntryResponse& response) {
  const auto& entry = response.entry();
  const auto& venue = entry.venue();
  Rows rows = {{"施設ID", venue.venue_id()},
               {"施設コード", ids::FormatVenueCode(ids::VenueCode{venue.venue_code()})},
               {"状態", StateText(venue.state())},
               {"版", absl::StrCat(venue.revision())},
               {"登録", TimeText(venue.create_time())},
               {"取組書", absl::StrCat(NumberText(entry.certificate().certificate_number()), "  ",
                                       StateText(entry.certificate().state()))},
               {"現地確認", TimeText(entry.inspect_time())}};
  for (const auto& [label, text] : DetailsText(venue.details())) {
    if (!text.empty() && text != "-") AddLines(label, text, rows);
  }
  return absl::StrCat(Table(rows), "\n取組書の一覧\n", CertificatesText(response), "\n履歴\n",
                      HistoryText(response));
}

std::string DifferencesText(const std::vector<Difference>& differences) {
  std::string text;
  for (const auto& difference : differences) {
    absl::StrAppend(&text, VisibleLine(difference.label), ": ", VisibleLine(difference.before),
                    " → ", VisibleLine(difference.after), "\n");
  }
  return text;
}

std::string LetterText(const rv1::Letter& letter) {
  const bool report = letter.kind() == rv1::LETTER_KIND_REPORT;
  Rows rows = {{"番号", NumberText(letter.letter_number())},
               {"受付", TimeText(letter.create_time())},
               {"件名", report ? SubjectText(letter.report_subject()) : letter.subject()}};
  if (!letter.name().empty()) rows.push_back({"差出人", letter.name()});
  if (!letter.email().empty()) rows.push_back({"メール", letter.email()});
  if (!letter.certificate_number().empty()) {
    rows.push_back({"取組書の番号", letter.certificate_number()});
  }
  if (!letter.place().empty()) rows.push_back({"場所", letter.place()});
  AddLines("本文", letter.text(), rows);
  if (letter.has_close_time()) {
    rows.push_back({"回答", absl::StrCat(TimeText(letter.close_time()), "  ", letter.closed_by())});
    AddLines("", letter.answer(), rows);
  }
  return Table(rows);
}

std::string ApiKeysText(const std::vector<rv1::ApiKey>& keys) {
  Rows rows = {{"ID", "メール", "用途", "発行", "失効"}};
  for (const auto& key : keys) {
    rows.push_back({key.api_key_id(), key.email(), key.label(), TimeText(key.create_time()),
                    TimeText(key.revoke_time())});
  }
  return Table(rows);
}

}  // namespace oshirase::authority
