// A case as it is kept, and what is told of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

// SUBMITTED -> APPROVED -> SENDING -> SENT | PARTIAL, with PAUSED aside of APPROVED and SENDING.
// REJECTED and EXPIRED end a case that nobody released; CANCELLED ends any other. Late visits bring
// SENT and PARTIAL back to SENDING until the release ends; until then they can be paused and
// cancelled like a case in SENDING.
enum class CaseState {
  kSubmitted,
  kApproved,
  kSending,
  kPaused,
  kSent,
  kPartial,
  kCancelled,
  kRejected,
  kExpired,
};

inline constexpr std::array kCaseStates = {
    CaseState::kSubmitted, CaseState::kApproved, CaseState::kSending,
    CaseState::kPaused,    CaseState::kSent,     CaseState::kPartial,
    CaseState::kCancelled, CaseState::kRejected, CaseState::kExpired};

// "SUBMITTED", as it is stored and shown.
std::string_view NameOf(CaseState state);
// The state of that name, or nothing.
std::optional<CaseState> ParseCaseState(std::string_view name);

// Whether there is nothing left to send of what is known by now.
bool IsFinished(CaseState state);

// Whether a person can no longer stop or restart it: it is finished, and late visits, which are
// looked for until `release_end_time`, do not bring it back any more.
bool IsOver(CaseState state, std::optional<absl::Time> release_end_time, absl::Time now);

// Whether its visits may be opened and planned: it was released and nobody ended it.
bool CanBePlanned(CaseState state);

// Why a case stands still.
inline constexpr char kPausedByOfficer[] = "PAUSED_BY_OFFICER";
inline constexpr char kPausedUnauthorized[] = "LINE_UNAUTHORIZED";
inline constexpr char kPausedMonthlyLimit[] = "LINE_MONTHLY_LIMIT";
inline constexpr char kPausedRefused[] = "LINE_REFUSED_MESSAGE";
inline constexpr char kPausedUnexpected[] = "LINE_UNEXPECTED_ANSWER";
inline constexpr char kPausedUnreadable[] = "RECIPIENTS_UNREADABLE";
inline constexpr char kPausedNothingAccepted[] = "NOTHING_ACCEPTED";

// People by what became of them.
struct Counts {
  int64_t accepted = 0;
  int64_t failed = 0;
  int64_t unknown = 0;
  int64_t unsent = 0;
  int64_t suppressed = 0;
  int64_t unreadable = 0;
  int64_t pending = 0;

  int64_t recipients() const { return accepted + failed + unknown + unsent + pending; }
  friend bool operator==(const Counts&, const Counts&) = default;
};

struct Case {
  std::string case_id;
  std::string case_ref;
  std::string notice_number;
  CaseState state = CaseState::kSubmitted;
  // Why it stands still, or why it was cancelled by no officer; "" otherwise.
  std::string pause_reason;
  bool drill = false;
  std::string submitted_by;
  std::vector<std::string> approved_by;  // in order
  int signatures_needed = 2;             // the submitter's included
  absl::Time submit_time;
  absl::Time expire_time;
  std::optional<absl::Time> approve_time;
  std::optional<absl::Time> sending_start_time;   // first attempt of the first batch
  std::optional<absl::Time> sending_finish_time;  // when the last batch was settled
  std::optional<absl::Time> last_accept_time;
  // Until when late visits are looked for; unset before its visits were opened.
  std::optional<absl::Time> release_end_time;
  // Rows its hours had when they were last opened.
  int64_t rows_seen = 0;
  Counts counts;

  int signatures() const { return 1 + static_cast<int>(approved_by.size()); }
  friend bool operator==(const Case&, const Case&) = default;
};

// A case with everything that was signed.
struct CaseFile {
  Case summary;
  std::string statement;  // the bytes as signed
  std::vector<OfficerSignature> signatures;
  std::vector<Message> messages;
};

}  // namespace oshirase::notifier
