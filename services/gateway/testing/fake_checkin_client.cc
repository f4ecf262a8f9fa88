#include "services/gateway/testing/fake_checkin_client.h"

#include <utility>

namespace oshirase::gateway {
namespace {

constexpr size_t kCap = 20;

}  // namespace

absl::StatusOr<std::vector<bool>> FakeCheckinClient::AdmitVisits(
    const std::vector<Admission>& admissions, const CallContext& call) {
  const absl::MutexLock lock(&mutex_);
  admit_sizes_.push_back(admissions.size());
  admit_request_ids_.push_back(call.request_id.value);
  if (auto failure = std::exchange(next_admit_, absl::OkStatus()); !failure.ok()) return failure;
  return Admit(admissions);
}

absl::StatusOr<std::vector<RecordOutcome>> FakeCheckinClient::RecordVisits(
    const std::vector<Visit>& visits, const CallContext& call) {
  const absl::MutexLock lock(&mutex_);
  record_sizes_.push_back(visits.size());
  record_request_ids_.push_back(call.request_id.value);
  ++held_;
  const bool released =
      mutex_.AwaitWithDeadline(absl::Condition(
                                   +[](bool* holding) { return !*holding; }, &holding_),
                               call.deadline);
  --held_;
  if (!released) return absl::DeadlineExceededError("held too long");
  if (auto failure = std::exchange(next_record_, absl::OkStatus()); !failure.ok()) return failure;
  return Store(visits);
}

std::vector<bool> FakeCheckinClient::Admit(const std::vector<Admission>& admissions) {
  std::vector<bool> result;
  for (const Admission& admission : admissions) {
    auto& events = counted_[{admission.day.value, admission.person_tag}];
    if (events.size() < kCap) events.insert(admission.event_tag);
    result.push_back(events.contains(admission.event_tag));
  }
  return result;
}

std::vector<RecordOutcome> FakeCheckinClient::Store(const std::vector<Visit>& visits) {
  std::vector<RecordOutcome> result;
  for (const Visit& visit : visits) {
    if (const auto answer = answers_.find(visit.venue_id); answer != answers_.end()) {
      result.push_back(answer->second);
    } else {
      const bool inserted = visits_.emplace(visit.visit_id, visit).second;
      result.push_back(inserted ? RecordOutcome::kRecorded : RecordOutcome::kAlreadyRecorded);
    }
  }
  return result;
}

void FakeCheckinClient::FailNextAdmit(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_admit_ = std::move(status);
}

void FakeCheckinClient::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_record_ = std::move(status);
}

void FakeCheckinClient::AnswerVenue(const std::string& venue_id, RecordOutcome outcome) {
  const absl::MutexLock lock(&mutex_);
  answers_[venue_id] = outcome;
}

void FakeCheckinClient::Hold() {
  const absl::MutexLock lock(&mutex_);
  holding_ = true;
}

void FakeCheckinClient::Release() {
  const absl::MutexLock lock(&mutex_);
  holding_ = false;
}

void FakeCheckinClient::AwaitHeld(int calls) {
  const absl::MutexLock lock(&mutex_);
  const auto enough = [&] { return held_ >= calls; };
  mutex_.Await(absl::Condition(&enough));
}

std::map<crypto::Tag, Visit> FakeCheckinClient::visits() const {
  const absl::MutexLock lock(&mutex_);
  return visits_;
}

std::vector<size_t> FakeCheckinClient::admit_sizes() const {
  const absl::MutexLock lock(&mutex_);
  return admit_sizes_;
}

std::vector<size_t> FakeCheckinClient::record_sizes() const {
  const absl::MutexLock lock(&mutex_);
  return record_sizes_;
}

std::vector<std::string> FakeCheckinClient::admit_request_ids() const {
  const absl::MutexLock lock(&mutex_);
  return admit_request_ids_;
}

std::vector<std::string> FakeCheckinClient::record_request_ids() const {
  const absl::MutexLock lock(&mutex_);
  return record_request_ids_;
}

}  // namespace oshirase::gateway
