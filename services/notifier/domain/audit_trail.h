// The audit log as use cases see it that change nothing else: previews, refusals, reading.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/audit/entry.h"
#include "services/notifier/domain/audit_event.h"

namespace oshirase::notifier {

struct AuditPage {
  std::vector<audit::ChainEntry> entries;
  int64_t next_after = 0;  // 0 when this was the last page
};

// Thread-safe.
class AuditTrail {
 public:
  virtual ~AuditTrail() = default;

  // Appends an entry that stands for itself; durable when it returns OK.
  // Returns UNAVAILABLE when the database cannot be reached.
  virtual absl::Status Append(const AuditEvent& event) = 0;

  // Up to `limit` entries after seq `after`, oldest first. Returns UNAVAILABLE likewise.
  virtual absl::StatusOr<AuditPage> List(int64_t after, int limit) = 0;
};

}  // namespace oshirase::notifier
