// What officers sign, as the registry reads it out of the signed bytes. Shape only: whether the
// signatures, times and limits permit a release is release_rules.h.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/officer_signature.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

inline constexpr size_t kMaxStatementBytes = size_t{32} * 1024;
// 20 venues can have several windows each; more than this is no interview sheet.
inline constexpr size_t kMaxExposures = 100;
inline constexpr absl::Duration kMinStay = absl::Minutes(1);

// A venue and a window [from, to) in which an infectious person was there.
struct Exposure {
  VenueId venue_id;
  absl::Time from;
  absl::Time to;
  absl::Duration stay;
  absl::Duration linger;
  std::optional<absl::Time> event_end;
};

struct MessageDigest {
  std::string language;
  std::string sha256;
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
  std::string corrects_case_id;
};

// One officer's signature over a statement's bytes.
struct StatementSignature {
  std::string officer_id;
  crypto::SignatureRole role = crypto::SignatureRole::kSubmit;
  crypto::OfficerSignature signed_part;  // the signature and its time
};

// Reads a statement out of exactly these bytes. Returns STATEMENT_INVALID when they are none, or
// hold anything that this version does not know: what cannot be understood must not be acted on.
using StatementReader = std::function<absl::StatusOr<Statement>(const std::string& bytes)>;

// Returns STATEMENT_INVALID with the first thing that makes no sense whoever signed it.
absl::Status CheckShape(const Statement& statement);

}  // namespace oshirase::registry
