#include "services/gateway/batching/visit_recorder.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace oshirase::gateway {
namespace {

// The cap is a courtesy; it may not eat the time the record needs.
constexpr absl::Duration kAdmitTimeout = absl::Milliseconds(400);

absl::StatusOr<VisitResult> ToResult(absl::StatusOr<RecordOutcome> outcome) {
  if (!outcome.ok()) return outcome.status();
  switch (*outcome) {
    case RecordOutcome::kRecorded:
    case RecordOutcome::kAlreadyRecorded:
      return VisitResult::kRecorded;
    case RecordOutcome::kRefused:
      return VisitResult::kRefused;
    case RecordOutcome::kFailed:
      break;
  }
  return absl::UnavailableError("checkin could not store the visit now");
}

}  // namespace

VisitRecorder::VisitRecorder(CheckinClient& client, Metrics& metrics)
    : admitted_unasked_(metrics.Counter("oshirase_visits_admitted_unasked_total",
                                        "Visits admitted because the cap could not be asked.")),
      records_({.on_taken = [this] { admissions_.Kick(); }}, MakeBatchMetrics(metrics, "record"),
               [&client](std::vector<Visit> visits, const CallContext& call, auto done) {
                 client.RecordVisits(std::move(visits), call, std::move(done));
               }),
      // Who is admitted while earlier visits still wait to be stored gains nothing by it. Held
      // back, admissions travel in batches as large as the records', and cost half as many calls.
      admissions_({.shuffle = true, .hold = [this] { return records_.waiting() > 0; }},
                  MakeBatchMetrics(metrics, "admit"),
                  [&client](std::vector<Admission> admissions, const CallContext& call, auto done) {
                    client.AdmitVisits(std::move(admissions), call, std::move(done));
                  }) {}

void VisitRecorder::Record(Visit visit, const Admission& admission, const CallContext& call,
                           Done done) {
  CallContext admit_call;
  admit_call.deadline = std::min(call.deadline, absl::Now() + kAdmitTimeout);
  admissions_.Submit(admission, admit_call,
                     [this, visit = std::move(visit), call,
                      done = std::move(done)](absl::StatusOr<bool> admitted) mutable {
                       if (!admitted.ok()) {
                         admitted_unasked_.Increment();
                       } else if (!*admitted) {
                         done(VisitResult::kOverCap);
                         return;
                       }
                       Store(std::move(visit), call, std::move(done));
                     });
}

void VisitRecorder::Store(Visit visit, const CallContext& call, Done done) {
  records_.Submit(std::move(visit), call,
                  [done = std::move(done)](absl::StatusOr<RecordOutcome> outcome) {
                    done(ToResult(std::move(outcome)));
                  });
}

void VisitRecorder::Drain() {
  // In this order: an admission's answer becomes a record.
  admissions_.Drain();
  records_.Drain();
}

}  // namespace oshirase::gateway
