#include "common/server/testing/fake_officer_directory.h"

#include <utility>

namespace oshirase {

absl::StatusOr<Roles> FakeOfficerDirectory::RolesOf(const std::string& officer_id) {
  const absl::MutexLock lock(&mutex_);
  if (!next_.ok()) return std::exchange(next_, absl::OkStatus());
  const auto found = roles_.find(officer_id);
  return found == roles_.end() ? Roles() : found->second;
}

void FakeOfficerDirectory::Enroll(const std::string& officer_id, Roles roles) {
  const absl::MutexLock lock(&mutex_);
  roles_[officer_id] = roles;
}

void FakeOfficerDirectory::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_ = std::move(status);
}

}  // namespace oshirase
