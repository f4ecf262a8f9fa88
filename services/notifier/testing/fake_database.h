// The tables of the notifier in memory, shared by the fakes of its stores. It knows no isolation:
// each call of a store is one step under one lock, which is what a transaction gives at best.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/notifier/domain/audit_event.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/outbox.h"
#include "services/notifier/testing/lifeline.h"

namespace oshirase::notifier {

enum class BatchState {
  kPlanned,
  kSending,
  kAccepted,
  kSplit,
  kRejected,
  kUnknown,
  kUnsent,
  kCancelled
};

struct BatchRow {
  std::string batch_id;
  std::string case_id;
  std::string parent_id;
  std::string language;
  BatchState state = BatchState::kPlanned;
  BatchContent content;
  absl::Time plan_time;
  absl::Time claim_time;
  std::string lease_id;
  int attempts = 0;
  std::optional<absl::Time> first_attempt_time;
  std::optional<absl::Time> start_time;
  bool doubtful = false;
  bool given_up = false;
  std::optional<absl::Time> settle_time;
  int line_status = 0;

  bool open() const { return state == BatchState::kPlanned || state == BatchState::kSending; }
};

struct CaseRow {
  CaseFile file;
  std::string request_id;
  std::optional<absl::Time> open_time;
  std::optional<absl::Time> forget_time;
  int64_t suppressed_planned = 0;
  int64_t suppressed_later = 0;
  bool void_untold = false;
  std::optional<OfficerSignature> end_signature;
  std::set<crypto::Hash> told;
};

struct FakeDatabase {
  absl::Mutex mu;
  std::map<std::string, CaseRow> cases ABSL_GUARDED_BY(mu);
  std::map<std::string, BatchRow> batches ABSL_GUARDED_BY(mu);
  std::set<std::string> notice_numbers ABSL_GUARDED_BY(mu);
  std::vector<AuditEvent> events ABSL_GUARDED_BY(mu);
  std::deque<absl::Status> failures ABSL_GUARDED_BY(mu);
  Lifeline lifeline;

  // The next call of a store returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) {
    absl::MutexLock lock(&mu);
    failures.push_back(std::move(status));
  }

  // The actions of the audit log, in order.
  std::vector<std::string> Actions() {
    absl::MutexLock lock(&mu);
    std::vector<std::string> actions;
    for (const AuditEvent& event : events) actions.push_back(event.action);
    return actions;
  }

  // The failure due now, if any; a dead process gets no answer.
  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) {
    if (!lifeline.Step()) return absl::UnavailableError("the process is gone");
    if (failures.empty()) return absl::OkStatus();
    absl::Status failure = failures.front();
    failures.pop_front();
    return failure;
  }

  // The result of a call that was carried out: lost, when the process died meanwhile.
  absl::Status Outcome(absl::Status done) {
    return lifeline.Step() ? done : absl::UnavailableError("the process is gone");
  }

  // The case as it is shown.
  Case Summary(const CaseRow& row) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
};

}  // namespace oshirase::notifier
