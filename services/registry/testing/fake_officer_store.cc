#include "services/registry/testing/fake_officer_store.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

void FakeOfficerStore::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

absl::Status FakeOfficerStore::NextFailure() {
  if (failures_.empty()) return absl::OkStatus();
  auto failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

bool FakeOfficerStore::HasOperator() const {
  return std::any_of(officers_.begin(), officers_.end(), [](const auto& officer) {
    return officer.second.roles().Has(Role::kOperate);
  });
}

absl::StatusOr<std::optional<Officer>> FakeOfficerStore::Find(const std::string& id) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = officers_.find(id);
  if (found == officers_.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::optional<Officer>> FakeOfficerStore::Enrol(const Enrolment& enrolment,
                                                               const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  if (enrolment.only_without_operator && HasOperator()) return std::nullopt;
  const auto known = officers_.find(enrolment.officer_id);
  if (known != officers_.end() && known->second.revoke_time.has_value()) return OfficerRevoked();
  const auto owner = owners_.find(enrolment.key);
  if (owner != owners_.end() && owner->second != enrolment.officer_id) return OfficerKeyTaken();

  Officer& officer = officers_[enrolment.officer_id];
  bool changed = false;
  if (known == officers_.end()) {
    officer.id = enrolment.officer_id;
    officer.enrol_time = enrolment.now;
  }
  if (owners_.emplace(enrolment.key, enrolment.officer_id).second) {
    officer.keys.push_back({.key = enrolment.key, .add_time = enrolment.now});
    changed = true;
  }
  if (officer.roles() != enrolment.roles) {
    officer.grants.push_back({.since = enrolment.now, .roles = enrolment.roles});
    changed = true;
  }
  if (changed) audit_.Note(note);
  return officer;
}

absl::StatusOr<Officer> FakeOfficerStore::Revoke(const std::string& id, absl::Time now,
                                                 const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = officers_.find(id);
  if (found == officers_.end()) return OfficerNotFound();
  if (!found->second.revoke_time.has_value()) {
    found->second.revoke_time = now;
    audit_.Note(note);
  }
  return found->second;
}

absl::StatusOr<std::vector<Officer>> FakeOfficerStore::List(const std::string& after, int limit) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  std::vector<Officer> page;
  for (auto it = officers_.upper_bound(after); it != officers_.end(); ++it) {
    if (static_cast<int>(page.size()) == limit) break;
    page.push_back(it->second);
  }
  return page;
}

}  // namespace oshirase::registry
