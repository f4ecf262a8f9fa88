#include "services/gateway/testing/fake_registry_client.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace oshirase::gateway {

absl::Status FakeRegistryClient::TakeFailure() {
  if (!all_.ok()) return all_;
  return std::exchange(next_, absl::OkStatus());
}

void FakeRegistryClient::LookupVenueCode(const ids::VenueCode& code, const CallContext& /*call*/,
                                         VenueDone done) {
  absl::StatusOr<Venue> answer = absl::NotFoundError("no such code");
  {
    const absl::MutexLock lock(&mutex_);
    ++lookups_;
    const auto found = venues_.find(code.value);
    if (auto failure = TakeFailure(); !failure.ok()) {
      answer = failure;
    } else if (found != venues_.end()) {
      answer = found->second;
    }
    if (holding_) {
      held_.push_back([answer, done] { done(answer); });
      return;
    }
  }
  done(std::move(answer));
}

absl::StatusOr<CodeChanges> FakeRegistryClient::ListCodeChanges(const std::string& cursor,
                                                                const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  if (auto failure = TakeFailure(); !failure.ok()) return failure;
  const std::string epoch = absl::StrCat(lost_, ".");
  CodeChanges answer{.cursor = absl::StrCat(epoch, changes_.size())};
  size_t known = 0;
  answer.reset =
      !cursor.starts_with(epoch) || !absl::SimpleAtoi(cursor.substr(epoch.size()), &known);
  if (!answer.reset) {
    answer.codes.assign(changes_.begin() + static_cast<ptrdiff_t>(known), changes_.end());
  }
  return answer;
}

ids::VenueCode FakeRegistryClient::Add(Venue venue) {
  const ids::VenueCode code = ids::NewVenueCode();
  AddAs(code, std::move(venue));
  return code;
}

void FakeRegistryClient::AddAs(const ids::VenueCode& code, Venue venue) {
  if (venue.venue_id.empty()) venue.venue_id = ids::NewUuid();
  venue.venue_id_bytes = *ids::ParseUuid(venue.venue_id);
  const absl::MutexLock lock(&mutex_);
  venues_[code.value] = std::move(venue);
}

void FakeRegistryClient::ForgetChanges() {
  const absl::MutexLock lock(&mutex_);
  ++lost_;
}

void FakeRegistryClient::Replace(const ids::VenueCode& code, std::optional<Venue> venue) {
  const absl::MutexLock lock(&mutex_);
  changes_.push_back(code.value);
  if (!venue) {
    venues_.erase(code.value);
    return;
  }
  Venue& known = venues_[code.value];
  venue->venue_id = known.venue_id;
  venue->venue_id_bytes = known.venue_id_bytes;
  known = *std::move(venue);
}

void FakeRegistryClient::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_ = std::move(status);
}

void FakeRegistryClient::FailAll(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  all_ = std::move(status);
}

void FakeRegistryClient::Hold() {
  const absl::MutexLock lock(&mutex_);
  holding_ = true;
}

void FakeRegistryClient::Release() {
  std::vector<std::function<void()>> held;
  {
    const absl::MutexLock lock(&mutex_);
    holding_ = false;
    held.swap(held_);
  }
  for (const auto& answer : held) answer();
}

int FakeRegistryClient::lookups() const {
  const absl::MutexLock lock(&mutex_);
  return lookups_;
}

}  // namespace oshirase::gateway
