// /api/v1/imports and /api/v1/bundles: many venues at once.
#pragma once

#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/api/api_calls.h"
#include "services/gateway/api/idempotency.h"
#include "services/gateway/backends/bulk_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/i18n/words.h"

namespace oshirase::gateway {

// Thread-safe.
class BulkApi {
 public:
  // All must outlive this.
  struct Parts {
    BulkClient& bulk;
    const ApiCalls& calls;
    IdempotencyKeys& keys;
    const catalogue::Catalogue& catalogue;
    const Words& words;
  };
  explicit BulkApi(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  using Answer = ApiCalls::Answer;
  // Rows that can be read, and what is wrong with the others.
  struct Rows;

  Answer Import(const HttpRequest& request, const Credential& key) const;
  OrProblem<Rows> ReadRows(const HttpRequest& request) const;
  Rows ReadCsv(const HttpRequest& request) const;
  Answer StartBundle(const HttpRequest& request, const Credential& key) const;
  Answer ShowBundle(const HttpRequest& request, const Credential& key) const;
  Answer Download(const HttpRequest& request, const Credential& key) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway
