// What officers sign, as the notifier reads it. The signed bytes themselves are kept beside it and
// are never made anew from it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/officer_signature.h"
#include "services/notifier/domain/exposure.h"

namespace oshirase::notifier {

// A finished message in one language: a JSON array of LINE message objects, in the exact bytes that
// are digested and sent.
struct Message {
  std::string language;
  std::string line_messages_json;

  friend bool operator==(const Message&, const Message&) = default;
};

struct MessageDigest {
  std::string language;
  crypto::Digest sha256{};
};

struct Statement {
  std::string request_id;
  std::string case_ref;
  std::string notice_number;
  bool drill = false;
  std::vector<Exposure> exposures;
  std::string template_name;
  int template_version = 0;
  std::vector<MessageDigest> message_digests;
  absl::Time expire_time;
  std::string corrects_case_id;  // "" unless it is a correction
};

// Reads the bytes of a statement. Returns INVALID_ARGUMENT when they are none. The domain knows no
// protobuf, so the RPC layer provides it. Thread-safe.
using StatementReader = std::function<absl::StatusOr<Statement>(const std::string& bytes)>;

// One officer's signature over a statement's bytes.
struct OfficerSignature {
  std::string officer_id;
  crypto::SignatureRole role = crypto::SignatureRole::kSubmit;
  absl::Time sign_time;
  std::string signature;  // 64 bytes

  friend bool operator==(const OfficerSignature&, const OfficerSignature&) = default;
};

}  // namespace oshirase::notifier
