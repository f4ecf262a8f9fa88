// What the gateway needs of the registry for many venues at once: registering them from a list, and
// all their documents in one file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "services/gateway/backends/business_client.h"

namespace oshirase::gateway {

// The most venues of one import.
inline constexpr size_t kMaxImportRows = 5000;

struct VenueImport {
  std::string request_id;  // A UUID.
  bool check_only = false;
  std::vector<VenueDetails> rows;  // Their e-mail addresses are not looked at.
};

// What is wrong with one field of one row.
struct ImportProblem {
  size_t row = 0;
  std::string field;      // As FieldProblemsOf() names them.
  std::string reason;     // "ALREADY_REGISTERED", "TWICE", or as of a refused venue.
  std::string path = {};  // Of the field, with its place in a list: "rows[7].own_measures[2]".
};

struct ImportResult {
  int venue_count = 0;                  // Registered, or would be; 0 when anything is wrong.
  std::vector<ImportProblem> problems;  // By row.
};

enum class BundleFormat { kPdf, kZip };

struct Bundle {
  int done = 0;
  int total = 0;
  bool finished = false;
  bool failed = false;
  BundleFormat format = BundleFormat::kPdf;
};

// The next piece of a file; "" at its end. Not thread-safe.
using PieceReader = std::function<absl::StatusOr<std::string>()>;

// Thread-safe. Every method returns UNAVAILABLE or DEADLINE_EXCEEDED when there was no answer, and
// UNAUTHENTICATED when the credential is no longer good.
class BulkClient {
 public:
  virtual ~BulkClient() = default;

  // Registers 1 to kMaxImportRows venues of the business, all or none, or only checks them.
  // Idempotent in the request id.
  virtual absl::StatusOr<ImportResult> ImportVenues(const Credential& credential,
                                                    const VenueImport& import,
                                                    const CallContext& call) = 0;

  // Begins to draw `document` of each open venue of the business, and returns the bundle's id.
  // Returns FAILED_PRECONDITION NO_VENUES, RESOURCE_EXHAUSTED TOO_MANY_BUNDLES.
  virtual absl::StatusOr<std::string> StartBundle(const Credential& credential, Document document,
                                                  BundleFormat format, const CallContext& call) = 0;

  // Tells how far a bundle is. Returns NOT_FOUND BUNDLE_NOT_FOUND for one that is not kept any more
  // or is another's.
  virtual absl::StatusOr<Bundle> GetBundle(const Credential& credential,
                                           const std::string& bundle_id,
                                           const CallContext& call) = 0;

  // Opens a finished bundle to be read piece by piece. Returns as GetBundle() does, and
  // FAILED_PRECONDITION BUNDLE_NOT_DONE. The deadline of `call` is for the whole reading.
  virtual absl::StatusOr<PieceReader> ReadBundle(const Credential& credential,
                                                 const std::string& bundle_id,
                                                 const CallContext& call) = 0;
};

}  // namespace oshirase::gateway
