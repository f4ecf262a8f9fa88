#include "services/registry/testing/fake_api_key_store.h"

#include <algorithm>
#include <tuple>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
absl::StatusOr<StoredApiKey> FakeApiKeyStore::Insert(const NewApiKeyRecord& key) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto earlier = keys_.find(key.request_id);
  if (earlier != keys_.end()) {
    const ApiKeyRecord& record = earlier->second.first;
    if (EmailKey(record.email) != EmailKey(key.record.email)) return RequestIdReused();
    AuditNote note = Repeated(key.note);
    note.subject = record.id;
    register_.audit.Note(note);
    return StoredApiKey{.record = record, .repeated = true};
  }
  const BusinessId business_id = register_.BusinessOf(key.record.email);
  ApiKeyRecord record = key.record;
  record.email = register_.businesses.at(EmailKey(record.email)).email;
  register_.api_keys[key.secret_hash] = {.business_id = business_id,
                                         .actor = "api-key/" + record.id};
  keys_[key.request_id] = {record, key.secret_hash};
  register_.audit.Note(key.note);
  return StoredApiKey{.record = record};
}

absl::StatusOr<ApiKeyList> FakeApiKeyStore::List(const std::optional<ApiKeyCursor>& after,
                                                 int limit, const AuditNote& note) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  ApiKeyList list;
  for (const auto& [request_id, key] : keys_) {
    const ApiKeyRecord& record = key.first;
    if (!after.has_value() ||
        std::tie(record.create_time, record.id) < std::tie(after->create_time, after->id)) {
      list.keys.push_back(record);
    }
  }
  std::sort(list.keys.begin(), list.keys.end(), [](const auto& a, const auto& b) {
    return std::tie(b.create_time, b.id) < std::tie(a.create_time, a.id);
  });
  list.more = list.keys.size() > static_cast<size_t>(limit);
  if (list.more) list.keys.resize(static_cast<size_t>(limit));
  std::vector<std::string> ids;
  for (const auto& record : list.keys) ids.push_back(record.id);
  AuditNote shown = note;
  shown.facts.push_back({"shown", std::move(ids)});
  register_.audit.Note(shown);
  return list;
}

absl::StatusOr<std::optional<ApiKeyRecord>> FakeApiKeyStore::Revoke(const std::string& id,
                                                                    absl::Time now,
                                                                    const AuditNote& note) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  for (auto& [request_id, key] : keys_) {
    ApiKeyRecord& record = key.first;
    if (record.id != id) continue;
    register_.audit.Note(record.revoke_time.has_value() ? Repeated(note) : note);
    if (!record.revoke_time.has_value()) record.revoke_time = now;
    register_.api_keys.erase(key.second);
    return record;
  }
  return std::nullopt;
}

}  // namespace oshirase::registry
