#include "services/gateway/api/idempotency.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/gateway/forms/derived_id.h"

namespace oshirase::gateway {
namespace {

constexpr char kHeader[] = "Idempotency-Key";
constexpr size_t kMaxKey = 255;

// The key without the quotes that the draft wants and many programs leave out.
std::string KeyIn(std::string_view header) {
  const bool quoted = header.size() >= 2 && header.front() == '"' && header.back() == '"';
  return std::string(quoted ? header.substr(1, header.size() - 2) : header);
}

bool IsKey(const std::string& key) {
  return !key.empty() && key.size() <= kMaxKey &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// Parts that cannot run into each other.
std::string Joined(std::string_view a, std::string_view b) {
  return absl::StrCat(a.size(), ":", absl::string_view(a.data(), a.size()),
                      absl::string_view(b.data(), b.size()));
}

}  // namespace

IdempotencyKeys::IdempotencyKeys(const crypto::SecretKey& form_key, Clock clock)
    : key_(crypto::DeriveKey(form_key, "oshirase api id 1")), clock_(std::move(clock)) {}

std::string IdempotencyKeys::DigestOf(const IdempotentRequest& request) const {
  return IdOf(key_, "oshirase api content 1", request.content);
}

std::string IdempotencyKeys::IdOfContent(const IdempotentRequest& request) const {
  return IdOf(key_, request.purpose, Joined(request.owner, request.content));
}

OrProblem<std::string> IdempotencyKeys::RequestIdOf(const HttpRequest& from,
                                                    const IdempotentRequest& request) {
  const std::string_view header = from.Header(kHeader);
  if (header.empty()) return Problem{.kind = "idempotency-key-missing"};
  const std::string key = KeyIn(header);
  if (!IsKey(key)) {
    return Problem{.kind = "invalid-header",
                   .places = {{ProblemPlace::Kind::kHeader, kHeader, 0, "NOT_A_KEY", ""}}};
  }
  std::string id = IdOf(key_, request.purpose, Joined(request.owner, key));
  const std::string digest = DigestOf(request);
  const absl::MutexLock lock(&mutex_);
  const auto found = contents_.find(id);
  if (found != contents_.end() && found->second != digest) {
    return Problem{.kind = "idempotency-key-reused"};
  }
  return id;
}

void IdempotencyKeys::Remember(const std::string& request_id, const IdempotentRequest& request) {
  const absl::Time now = clock_();
  std::string digest = DigestOf(request);
  const absl::MutexLock lock(&mutex_);
  while (!ages_.empty() &&
         (ages_.size() >= kMaxRemembered || ages_.front().first + kMemory < now)) {
    contents_.erase(ages_.front().second);
    ages_.pop_front();
  }
  if (contents_.emplace(request_id, std::move(digest)).second) {
    ages_.emplace_back(now, request_id);
  }
}

}  // namespace oshirase::gateway
