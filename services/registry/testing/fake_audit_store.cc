#include "services/registry/testing/fake_audit_store.h"

#include <utility>

namespace oshirase::registry {

void FakeAuditStore::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

absl::Status FakeAuditStore::Append(const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  if (!failures_.empty()) {
    auto failure = std::move(failures_.front());
    failures_.pop_front();
    return failure;
  }
  notes_.push_back(note);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<audit::ChainEntry>> FakeAuditStore::List(int64_t after, int limit) {
  absl::MutexLock lock(&mu_);
  if (!failures_.empty()) {
    auto failure = std::move(failures_.front());
    failures_.pop_front();
    return failure;
  }
  std::vector<audit::ChainEntry> entries;
  for (auto i = static_cast<size_t>(after); i < notes_.size(); ++i) {
    if (static_cast<int>(entries.size()) == limit) break;
    entries.push_back({.seq = static_cast<int64_t>(i) + 1,
                       .time = absl::UnixEpoch(),
                       .actor = notes_[i].actor,
                       .action = notes_[i].action,
                       .subject = notes_[i].subject,
                       .detail_json = "{}",
                       .previous_hash = {},
                       .hash = {}});
  }
  return entries;
}

void FakeAuditStore::Note(const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  notes_.push_back(note);
}

std::vector<AuditNote> FakeAuditStore::notes() const {
  absl::MutexLock lock(&mu_);
  return notes_;
}

std::vector<std::string> FakeAuditStore::actions() const {
  std::vector<std::string> actions;
  for (const auto& note : notes()) actions.push_back(note.action);
  return actions;
}

std::string TextFact(const AuditNote& note, const std::string& key) {
  for (const auto& fact : note.facts) {
    if (fact.key == key) return std::get<std::string>(fact.value);
  }
  return "";
}

}  // namespace oshirase::registry
