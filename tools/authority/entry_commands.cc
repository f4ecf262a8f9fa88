// Changing the register: `register correct`, `add`, `inspect`, `document` and `mail`.
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/files.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr size_t kMaxEntryBytes = 256 * 1024;
constexpr size_t kMaxNote = 500;

// What the officer wants the entry to be, and from which revision on.
absl::StatusOr<Correction> ReadCorrection(const RegisterOptions& options, const rv1::Venue& venue) {
  Correction correction{.venue_id = venue.venue_id(),
                        .revision = venue.revision(),
                        .details = venue.details(),
                        .reason = {}};
  if (!options.file.empty()) {
    ASSIGN_OR_RETURN(const auto bytes, ReadInput(options.file, kMaxEntryBytes));
    ASSIGN_OR_RETURN(auto file, ReadEntryFile(bytes));
    // Whoever edited a file saw the entry as it was then, not as it is now.
    if (options.revision == 0 && !file.revision.has_value()) {
      return WrongUse("どの版を直すのか、ファイルの revision か --revision で示してください");
    }
    correction.revision = options.revision != 0 ? options.revision : *file.revision;
    correction.details = std::move(file.details);
  } else if (options.revision != 0) {
    correction.revision = options.revision;
  }
  RETURN_IF_ERROR(ApplySettings(options.set, correction.details));
  RETURN_IF_ERROR(CheckDetails(correction.details));
  if (correction.details.drill() != venue.details().drill()) {
    return WrongUse("訓練用かどうかは、登録したあとでは変えられません");
  }
  return correction;
}

void PrintEntry(const Options& options, const rv1::RegisterEntry& entry, const std::string& done) {
  Print(options, Dump(ToJson(entry)),
        absl::StrCat(done, ": ", entry.venue().details().name(), "\n取組書 ",
                     NumberText(entry.certificate().certificate_number()), "  第",
                     entry.certificate().version(), "版\n"));
}

}  // namespace

absl::Status CorrectInRegister(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto key, TypedEntryKey(options.id));
  ASSIGN_OR_RETURN(const auto reason, TypedReason(options.reason));
  if (options.entry.set.empty() && options.entry.file.empty()) {
    return WrongUse("何を直すのか、--set か --file で示してください");
  }
  ASSIGN_OR_RETURN(const auto shown, ReadEntry(session, key));
  const auto& venue = shown.entry().venue();
  ASSIGN_OR_RETURN(auto correction, ReadCorrection(options.entry, venue));
  correction.reason = reason;
  const auto differences = DifferencesOf(venue.details(), correction.details);
  if (differences.empty()) {
    Tell("変わるところがありません。");
    PrintEntry(options, shown.entry(), "そのままです");
    return absl::OkStatus();
  }
  Tell(DifferencesText(differences));
  RETURN_IF_ERROR(Confirm(options, "このように訂正しますか"));
  ASSIGN_OR_RETURN(const auto entry, CorrectEntry(session, correction));
  PrintEntry(options, entry, "訂正しました");
  return absl::OkStatus();
}

absl::Status AddToRegister(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto reason, TypedReason(options.reason));
  rv1::VenueDetails details;
  if (!options.entry.file.empty()) {
    ASSIGN_OR_RETURN(const auto bytes, ReadInput(options.entry.file, kMaxEntryBytes));
    ASSIGN_OR_RETURN(auto file, ReadEntryFile(bytes));
    details = std::move(file.details);
  }
  RETURN_IF_ERROR(ApplySettings(options.entry.set, details));
  RETURN_IF_ERROR(CheckDetails(details));
  if (details.measure_ids().empty() && details.own_measures().empty()) {
    return WrongUse("取組（measure_ids か own_measures）を一つ以上入れてください");
  }
  ASSIGN_OR_RETURN(const auto entry, RegisterOnBehalf(session, details, reason));
  PrintEntry(options, entry, "登録しました");
  return absl::OkStatus();
}

absl::Status InspectVenue(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto key, TypedEntryKey(options.id));
  ASSIGN_OR_RETURN(const auto note, TypedLine({"記録", options.entry.note, kMaxNote}));
  ASSIGN_OR_RETURN(const auto venue_id, VenueIdOf(session, key));
  ASSIGN_OR_RETURN(
      const auto entry,
      RecordInspection(session,
                       {.venue_id = venue_id, .confirmed = options.entry.confirmed, .note = note}));
  PrintEntry(options, entry,
             options.entry.confirmed ? "対策を確認したと記録しました"
                                     : "対策を確認できなかったと記録しました");
  return absl::OkStatus();
}

absl::Status SaveDocument(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto key, TypedEntryKey(options.id));
  ASSIGN_OR_RETURN(const auto document, TypedDocument(options.entry.document));
  ASSIGN_OR_RETURN(const auto venue_id, VenueIdOf(session, key));
  ASSIGN_OR_RETURN(const auto bytes, DrawDocument(session, venue_id, document));
  RETURN_IF_ERROR(WriteOutput(options.entry.output, bytes));
  Print(options, Dump({{"file", options.entry.output}, {"bytes", bytes.size()}}),
        absl::StrCat("書きました: ", options.entry.output));
  return absl::OkStatus();
}

absl::Status MailVenue(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto key, TypedEntryKey(options.id));
  ASSIGN_OR_RETURN(const auto shown, ReadEntry(session, key));
  const auto& venue = shown.entry().venue();
  RETURN_IF_ERROR(Confirm(
      options, absl::StrCat("「", venue.details().name(), "」の事業者にメールを送りますか")));
  RETURN_IF_ERROR(MailBusiness(session, venue.venue_id()));
  Print(options, Dump({{"venue_id", venue.venue_id()}}),
        absl::StrCat("メールを送ります: ", venue.details().name()));
  return absl::OkStatus();
}

}  // namespace oshirase::authority
