#include "services/gateway/batching/visit_recorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/time/clock.h"

namespace oshirase::gateway {
namespace {

// The cap is a courtesy; it may not eat the time the record needs.
constexpr absl::Duration kAdmitTimeout = absl::Milliseconds(400);

// Whose visits gather in this thread.
thread_local VisitRecorder* gathering_for = nullptr;

absl::StatusOr<VisitResult> ToResult(RecordOutcome outcome) {
  switch (outcome) {
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

VisitRecorder::Gathering::Gathering(VisitRecorder& recorder) : recorder_(recorder) {
  gathering_for = &recorder_;
}

VisitRecorder::Gathering::~Gathering() {
  gathering_for = nullptr;
  recorder_.GoUnlessUnderWay();
}

VisitRecorder::VisitRecorder(CheckinClient& client, Metrics& metrics, VisitRecorderOptions options)
    : client_(client),
      options_(options),
      admissions_(MakeBatchMetrics(metrics, "admit")),
      records_(MakeBatchMetrics(metrics, "record")),
      admitted_unasked_(metrics.Counter("oshirase_visits_admitted_unasked_total",
                                        "Visits admitted because the cap could not be asked.")),
      thread_([this] { GoOnWhileCalled(); }) {}

VisitRecorder::~VisitRecorder() {
  Drain();
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void VisitRecorder::Record(Visit visit, const Admission& admission, const CallContext& call,
                           Done done) {
  {
    const absl::MutexLock lock(&mutex_);
    if (!draining_ && waiting_.size() < options_.max_waiting) {
      waiting_.push_back({std::move(visit), admission, call, std::move(done)});
      records_.queue_depth->Set(static_cast<double>(waiting_.size()));
      if (!under_way_ && gathering_for != this) under_way_ = called_ = true;
      return;
    }
  }
  records_.refused->Increment();
  done(absl::ResourceExhaustedError("too many visits are waiting"));
}

void VisitRecorder::Drain() {
  const absl::MutexLock lock(&mutex_);
  draining_ = true;
  mutex_.Await(absl::Condition(
      +[](VisitRecorder* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) {
        return self->waiting_.empty() && !self->under_way_;
      },
      this));
}

void VisitRecorder::GoUnlessUnderWay() {
  Round round;
  {
    const absl::MutexLock lock(&mutex_);
    if (under_way_ || waiting_.empty()) return;
    under_way_ = true;
    round = TakeRound();
  }
  Go(std::move(round));
  // Those who came meanwhile are not this thread's to wait for.
  const absl::MutexLock lock(&mutex_);
  called_ = !waiting_.empty();
  under_way_ = called_;
}

void VisitRecorder::GoOnWhileCalled() {
  while (true) {
    Round round;
    {
      const absl::MutexLock lock(&mutex_);
      if (called_ && waiting_.empty()) called_ = under_way_ = false;
      mutex_.Await(absl::Condition(
          +[](VisitRecorder* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) {
            return self->called_ || self->stopping_;
          },
          this));
      if (!called_) return;
      round = TakeRound();
    }
    Go(std::move(round));
  }
}

VisitRecorder::Round VisitRecorder::TakeRound() {
  const size_t size = std::min(waiting_.size(), options_.max_round);
  Round round(std::make_move_iterator(waiting_.begin()),
              std::make_move_iterator(waiting_.begin() + static_cast<ptrdiff_t>(size)));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<ptrdiff_t>(size));
  records_.queue_depth->Set(static_cast<double>(waiting_.size()));
  return round;
}

void VisitRecorder::Go(Round round) {
  const absl::Time now = absl::Now();
  const auto late = std::stable_partition(
      round.begin(), round.end(), [&](const Entry& entry) { return entry.call.deadline > now; });
  for (auto entry = late; entry != round.end(); ++entry) {
    entry->done(absl::DeadlineExceededError("the visit waited too long"));
  }
  round.erase(late, round.end());
  if (!round.empty()) round = Admitted(std::move(round));
  if (!round.empty()) Store(std::move(round));
}

// Answers those over the cap and returns the others.
VisitRecorder::Round VisitRecorder::Admitted(Round round) {
  std::vector<size_t> order(round.size());
  std::iota(order.begin(), order.end(), size_t{0});
  {
    const absl::MutexLock lock(&mutex_);
    std::shuffle(order.begin(), order.end(), random_);
  }
  std::vector<Admission> admissions;
  admissions.reserve(round.size());
  for (const size_t i : order) admissions.push_back(round[i].admission);
  admissions_.size->Observe(static_cast<double>(round.size()));
  CallContext call;
  call.deadline = absl::Now() + kAdmitTimeout;
  for (const Entry& entry : round) call.deadline = std::min(call.deadline, entry.call.deadline);

  const auto granted = client_.AdmitVisits(admissions, call);
  if (!granted.ok() || granted->size() != round.size()) {
    admitted_unasked_.Increment(static_cast<double>(round.size()));
    return round;
  }
  std::vector<bool> admitted(round.size());
  for (size_t i = 0; i < order.size(); ++i) admitted[order[i]] = (*granted)[i];
  Round rest;
  rest.reserve(round.size());
  for (size_t i = 0; i < round.size(); ++i) {
    if (admitted[i]) {
      rest.push_back(std::move(round[i]));
    } else {
      round[i].done(VisitResult::kOverCap);
    }
  }
  return rest;
}

void VisitRecorder::Store(Round round) {
  CallContext call = round.front().call;
  std::vector<Visit> visits;
  visits.reserve(round.size());
  for (Entry& entry : round) {
    call.deadline = std::max(call.deadline, entry.call.deadline);
    visits.push_back(std::move(entry.visit));
  }
  records_.size->Observe(static_cast<double>(round.size()));
  auto outcomes = client_.RecordVisits(visits, call);
  if (outcomes.ok() && outcomes->size() != round.size()) {
    outcomes = absl::InternalError("an answer to a batch has the wrong size");
  }
  for (size_t i = 0; i < round.size(); ++i) {
    round[i].done(outcomes.ok() ? ToResult((*outcomes)[i]) : outcomes.status());
  }
}

}  // namespace oshirase::gateway
