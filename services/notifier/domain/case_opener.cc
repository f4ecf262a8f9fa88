#include "services/notifier/domain/case_opener.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/crypto/keyed_hash.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/notifier/domain/digest_text.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/recipients.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

AuditEvent PlannedEvent(const CaseFile& file, const CasePlan& plan, const OpeningFigures& figures) {
  return {.actor = kTimerActor,
          .action = "case.planned",
          .subject = plan.case_id,
          .detail = {{"statement_sha256", HexDigest(file.statement)},
                     {"batches", plan.batches.size()},
                     {"people", plan.told.size()},
                     {"suppressed", plan.suppressed},
                     {"visits", figures.rows},
                     {"undone", figures.undone},
                     {"ignored", figures.ignored},
                     {"unreadable", figures.unreadable}}};
}

// Whether the registry will never release, whatever time passes. A clock that differs comes round,
// a lost seed or a missing right of the notifier's is for an operator to mend.
bool RefusesForGood(const absl::Status& status) {
  const bool refused = absl::IsPermissionDenied(status) || absl::IsInvalidArgument(status) ||
                       absl::IsFailedPrecondition(status);
  const std::string reason = ReasonOf(status);
  if (!refused || reason.empty()) return false;
  constexpr std::array<const char*, 4> kPassing = {"SIGNATURE_FROM_FUTURE", "WINDOW_IN_FUTURE",
                                                   "DAY_KEY_LOST", "CALLER_NOT_ALLOWED"};
  return std::none_of(kPassing.begin(), kPassing.end(),
                      [&](const char* passing) { return reason == passing; });
}

}  // namespace

struct CaseOpener::Found {
  Recipients exposed;
  OpeningFigures figures;
  absl::Time release_end_time;
};

CaseOpener::CaseOpener(Parts parts) : parts_(std::move(parts)) {}

absl::Status CaseOpener::Open(const std::string& case_id, std::optional<Release> release) {
  ASSIGN_OR_RETURN(const CaseFile file, parts_.cases.GetFile(case_id));
  if (!CanBePlanned(file.summary.state)) return CaseFinished();
  ASSIGN_OR_RETURN(const Statement statement, parts_.read_statement(file.statement));
  if (!MatchDigests(statement, file.messages)) {
    return ReasonedError(absl::StatusCode::kDataLoss, "MESSAGES_CHANGED",
                         "the stored messages are not those that were signed");
  }
  ASSIGN_OR_RETURN(Found found, OpenVisits(file, statement, std::move(release)));
  const OpeningFigures figures = found.figures;
  ASSIGN_OR_RETURN(const CasePlan plan, MakePlan(file, std::move(found)));
  RETURN_IF_ERROR(parts_.outbox.Plan(plan, PlannedEvent(file, plan, figures)));
  LogInfo("case opened", {{"case_request_id", case_id},
                          {"visits", figures.rows},
                          {"ignored", figures.ignored},
                          {"unreadable", figures.unreadable},
                          {"batches", plan.batches.size()}});
  return absl::OkStatus();
}

absl::StatusOr<Release> CaseOpener::AskForRelease(const CaseFile& file) {
  const std::string& case_id = file.summary.case_id;
  auto release = parts_.registry.ReleaseOuterKeys({case_id, file.statement, file.signatures});
  if (!RefusesForGood(release.status())) return release;
  const std::string reason = ReasonOf(release.status());
  RETURN_IF_ERROR(parts_.cases.RefuseRelease(
      {case_id, reason, parts_.clock()},
      {.actor = kTimerActor,
       .action = "case.release-refused",
       .subject = case_id,
       .detail = {{"statement_sha256", HexDigest(file.statement)}, {"reason", reason}}}));
  LogWarning("registry refuses a case's keys for good",
             {{"case_request_id", case_id}, {"reason", reason}});
  return CaseFinished();
}

absl::StatusOr<CaseOpener::Found> CaseOpener::OpenVisits(const CaseFile& file,
                                                         const Statement& statement,
                                                         std::optional<Release> release) {
  if (!release.has_value()) {
    ASSIGN_OR_RETURN(release, AskForRelease(file));
  }
  Found found{.release_end_time = release->end_time};
  const auto hours = HoursToOpen(statement.exposures);
  VisitOpener opener(statement.exposures, *std::move(release),
                     [this](Day day) { return parts_.inner_keys.Get(day); });
  RETURN_IF_ERROR(opener.CheckNotEmpty());
  RETURN_IF_ERROR(parts_.checkin.StreamSealedVisits(
      hours, [&](const std::vector<SealedVisit>& page) { return opener.Open(page); }));
  found.figures = opener.figures();
  found.exposed = opener.TakeExposed();
  return found;
}

absl::StatusOr<CasePlan> CaseOpener::MakePlan(const CaseFile& file, Found found) {
  CasePlan plan{.case_id = file.summary.case_id,
                .unreadable = found.figures.unreadable,
                .rows_seen = found.figures.rows,
                .release_end_time = found.release_end_time,
                .now = parts_.clock()};
  ASSIGN_OR_RETURN(const crypto::SharedKey case_key,
                   parts_.named_keys.Make({keyring::kCaseKey, plan.case_id}));
  ASSIGN_OR_RETURN(const Recipients untold,
                   NotToldYet(plan.case_id, *case_key, std::move(found.exposed)));
  ASSIGN_OR_RETURN(const Recipients people, parts_.departures.Remaining(untold));
  plan.suppressed = static_cast<int64_t>(untold.size() - people.size());
  // One language so far for everybody: the first that was signed.
  const Message& message = file.messages.front();
  const BatchMaker maker{*case_key, plan.case_id, message.language, message.line_messages_json};
  for (size_t begin = 0; begin < people.size(); begin += kMaxRecipients) {
    const size_t end = std::min(begin + kMaxRecipients, people.size());
    plan.batches.push_back(maker.Make(Recipients(people.begin() + static_cast<ptrdiff_t>(begin),
                                                 people.begin() + static_cast<ptrdiff_t>(end))));
  }
  plan.told.reserve(people.size());
  for (const ids::LineUserId& person : people) {
    plan.told.push_back(crypto::PersonHash(*case_key, crypto::kToldPurpose, person));
  }
  std::sort(plan.told.begin(), plan.told.end());
  return plan;
}

absl::StatusOr<Recipients> CaseOpener::NotToldYet(const std::string& case_id,
                                                  const crypto::SecretKey& case_key,
                                                  Recipients people) {
  ASSIGN_OR_RETURN(const auto told, parts_.outbox.ToldPeople(case_id));
  if (told.empty()) return people;
  const absl::flat_hash_set<crypto::Hash> known(told.begin(), told.end());
  std::erase_if(people, [&](const ids::LineUserId& person) {
    return known.contains(crypto::PersonHash(case_key, crypto::kToldPurpose, person));
  });
  return people;
}

absl::StatusOr<bool> CaseOpener::HasLateVisits(const Case& opened) {
  ASSIGN_OR_RETURN(const CaseFile file, parts_.cases.GetFile(opened.case_id));
  ASSIGN_OR_RETURN(const Statement statement, parts_.read_statement(file.statement));
  ASSIGN_OR_RETURN(const auto counts,
                   parts_.checkin.CountVisits(HoursToOpen(statement.exposures), CountFrom::kRows));
  int64_t rows = 0;
  for (const HourCounts& day : counts) {
    for (const int64_t visits : day) rows += visits;
  }
  // Fewer rows than before means that a day of the case has ended and its rows with it. Opening
  // again counts what is left, so that later visits of the other days are noticed.
  return rows > 0 && rows != opened.rows_seen;
}

}  // namespace oshirase::notifier
