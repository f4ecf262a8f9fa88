#include "services/gateway/testing/fake_checkin_client.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kCap = 20;

}  // namespace

void FakeCheckinClient::AdmitVisits(std::vector<Admission> admissions, const CallContext& call,
                                    AdmitDone done) {
  {
    const absl::MutexLock lock(&mutex_);
    admit_sizes_.push_back(admissions.size());
    admit_request_ids_.push_back(call.request_id.value);
  }
  RunOrHold(holding_admits_, [this, admissions = std::move(admissions), done = std::move(done)] {
    absl::Status status;
    std::vector<bool> admitted;
    {
      const absl::MutexLock lock(&mutex_);
      std::swap(status, next_admit_);
      if (status.ok()) admitted = Admit(admissions);
    }
    status.ok() ? done(std::move(admitted)) : done(status);
  });
}

void FakeCheckinClient::RecordVisits(std::vector<Visit> visits, const CallContext& call,
                                     RecordDone done) {
  {
    const absl::MutexLock lock(&mutex_);
    record_sizes_.push_back(visits.size());
    record_request_ids_.push_back(call.request_id.value);
  }
  RunOrHold(holding_records_, [this, visits = std::move(visits), done = std::move(done)] {
    absl::Status status;
    std::vector<RecordOutcome> outcomes;
    {
      const absl::MutexLock lock(&mutex_);
      std::swap(status, next_record_);
      if (status.ok()) outcomes = Store(visits);
    }
    status.ok() ? done(std::move(outcomes)) : done(status);
  });
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

void FakeCheckinClient::RunOrHold(bool& holding, std::function<void()> answer) {
  {
    const absl::MutexLock lock(&mutex_);
    if (holding) {
      held_.push_back(std::move(answer));
      return;
    }
  }
  answer();
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
  holding_admits_ = true;
  holding_records_ = true;
}

void FakeCheckinClient::HoldRecords() {
  const absl::MutexLock lock(&mutex_);
  holding_records_ = true;
}

void FakeCheckinClient::Release(size_t calls) {
  for (size_t i = 0; i < calls; ++i) {
    std::function<void()> answer;
    {
      const absl::MutexLock lock(&mutex_);
      if (held_.empty()) return;
      answer = std::move(held_.front());
      held_.pop_front();
    }
    answer();
  }
}

void FakeCheckinClient::Release() {
  {
    const absl::MutexLock lock(&mutex_);
    holding_admits_ = false;
    holding_records_ = false;
  }
  while (held() > 0) Release(1);
}

size_t FakeCheckinClient::held() const {
  const absl::MutexLock lock(&mutex_);
  return held_.size();
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
