// The documents of all of a business's venues in one file: begun, watched while they are drawn, and
// handed over piece by piece, since such a file can be larger than what a process should hold.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/backends/bulk_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// Thread-safe.
class BundleHandler {
 public:
  struct Parts {
    BulkClient& bulk;
    const SessionPages& pages;
  };

  // The parts must outlive this.
  explicit BundleHandler(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse ShowForm(const HttpRequest& request, const Credential& session,
                        std::vector<FormProblem> problems) const;
  HttpResponse Start(const HttpRequest& request, const Credential& session,
                     const FormBody& body) const;
  HttpResponse ShowProgress(const HttpRequest& request, const Credential& session) const;
  HttpResponse Download(const HttpRequest& request, const Credential& session) const;
  // The page for a failed call.
  HttpResponse ShowFailure(const HttpRequest& request, const Credential& session,
                           const absl::Status& status) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway
