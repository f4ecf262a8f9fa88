// The whole register, as its desk reads it. Implemented by PostgresRegisterStore, and by a fake for
// tests; both pass the cases in testing/register_store_contract.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/domain/register_entry.h"
#include "services/registry/domain/venue_cursor.h"

namespace oshirase::registry {

// Who takes an export.
struct ExportSink {
  // Called once, before the first entry, with how many there will be.
  absl::FunctionRef<absl::Status(int64_t count)> begin;
  // Called with the next entries, at least one.
  absl::FunctionRef<absl::Status(std::vector<RegisterEntry> entries)> take;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class RegisterStore {
 public:
  static constexpr int kMaxCertificates = 50;
  static constexpr int kMaxChanges = 100;
  static constexpr size_t kMaxMunicipalities = 200;
  static constexpr size_t kMaxMonths = 36;

  virtual ~RegisterStore() = default;

  // Up to `limit` entries, newest first, after `after`.
  virtual absl::StatusOr<std::vector<RegisterEntry>> Search(const RegisterFilter& filter,
                                                            const std::optional<VenueCursor>& after,
                                                            int limit) = 0;

  // The venue whole, with what its newest certificate says.
  virtual absl::StatusOr<std::optional<OwnVenue>> FindVenue(const VenueId& id) = 0;

  // The entry with its newest kMaxCertificates certificates and kMaxChanges changes.
  virtual absl::StatusOr<std::optional<EntryFile>> ReadFile(const VenueId& id) = 0;

  // As of one moment. Of the municipalities the largest kMaxMunicipalities, of the months the last
  // kMaxMonths that have entries.
  virtual absl::StatusOr<RegisterCounts> Count() = 0;

  // Hands every entry to `sink`, oldest first, all as of one moment however long it takes; a few
  // hundred are in memory at a time. A failure of the sink ends it and is returned.
  // Returns RESOURCE_EXHAUSTED when as many exports run as may.
  virtual absl::Status Export(const RegisterFilter& filter, const ExportSink& sink) = 0;
};

}  // namespace oshirase::registry
