// A batch's recipients and body: what is sealed before it reaches a statement, and the exact bytes
// that LINE gets for it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/crypto/officer_signature.h"
#include "common/crypto/secret.h"
#include "common/ids/line_user_id.h"
#include "services/notifier/domain/outbox.h"

namespace oshirase::notifier {

using Recipients = std::vector<ids::LineUserId>;

// LINE takes at most so many in one multicast.
inline constexpr size_t kMaxRecipients = 500;

// The body of a multicast: {"to":[...],"messages":...}. The same arguments give the same bytes, in
// this version and every later one: a retry must be byte-identical.
std::string MulticastBody(const Recipients& recipients, const std::string& line_messages_json);

// Where a batch belongs; its seal is bound to it.
struct BatchName {
  const std::string& case_id;
  const std::string& batch_id;
};

// The recipients under the case key.
std::string SealRecipients(const crypto::SecretKey& case_key, const BatchName& name,
                           const Recipients& recipients);

// Opens what SealRecipients made. Returns DATA_LOSS when key or batch are others, or it is damaged.
absl::StatusOr<Recipients> OpenRecipients(const crypto::SecretKey& case_key, const BatchName& name,
                                          const std::string& sealed);

// A batch of `recipients` with fresh ids, and what goes with it.
struct BatchMaker {
  const crypto::SecretKey& case_key;
  const std::string& case_id;
  const std::string& language;
  const std::string& line_messages_json;

  NewBatch Make(const Recipients& recipients) const;
  // Fresh content, with a fresh retry key, for a batch that exists.
  BatchContent MakeContent(const std::string& batch_id, const Recipients& recipients) const;
};

}  // namespace oshirase::notifier
