// Registering many venues from a CSV file: it is checked first, shown in numbers, and registered as
// a whole or not at all. Between the two the file travels sealed in a hidden field.
#pragma once

#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/bulk_client.h"
#include "services/gateway/forms/sealed_text.h"
#include "services/gateway/forms/venue_csv.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// The longest file and its form; nginx has the same limit.
inline constexpr size_t kMaxCsvBytes = 5 * 1024 * 1024;

// Thread-safe.
class CsvHandler {
 public:
  struct Parts {
    BulkClient& bulk;
    const SessionPages& pages;
    const catalogue::Catalogue& catalogue;
    Clock clock;
  };

  // The parts must outlive this. `form_key` is the same in every gateway.
  CsvHandler(Parts parts, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  // A file on its way.
  struct Upload;

  HttpResponse ShowForm(const HttpRequest& request, const Credential& session,
                        const std::vector<CsvProblem>& problems) const;
  HttpResponse Check(const HttpRequest& request, const Credential& session) const;
  HttpResponse Import(const HttpRequest& request, const Credential& session,
                      const FormBody& body) const;
  HttpResponse ShowCheck(const HttpRequest& request, const Credential& session,
                         const Upload& upload, const VenueCsv& csv) const;
  HttpResponse ShowDone(const HttpRequest& request, const Credential& session) const;

  absl::StatusOr<ImportResult> Ask(const HttpRequest& request, const Credential& session,
                                   const Upload& upload, const VenueCsv& csv,
                                   bool check_only) const;

  const Parts parts_;
  const SealedText seal_;
  const crypto::SecretKey id_key_;
};

}  // namespace oshirase::gateway
