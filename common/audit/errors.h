// Every error of the audit log, by name.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::audit {

// `problem` names the field, never its content.
inline absl::Status InvalidAuditEntry(const std::string& problem) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_AUDIT_ENTRY", problem);
}

inline absl::Status AuditChainBroken(int64_t seq) {
  return ReasonedError(absl::StatusCode::kDataLoss, "AUDIT_CHAIN_BROKEN",
                       "the audit chain is broken at entry " + std::to_string(seq));
}

inline absl::Status AuditHeadForged(int64_t seq) {
  return ReasonedError(absl::StatusCode::kDataLoss, "AUDIT_HEAD_FORGED",
                       "the signed head at entry " + std::to_string(seq) + " does not fit");
}

}  // namespace oshirase::audit
