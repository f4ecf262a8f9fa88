// What a program may do with one venue besides changing what it tells: its code, its state, its
// visits, and everything to print.
#pragma once

#include <vector>

#include "services/gateway/api/api_calls.h"
#include "services/gateway/api/idempotency.h"
#include "services/gateway/api/venue_json.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/backends/visit_counter.h"
#include "services/gateway/http/router.h"

namespace oshirase::gateway {

// Thread-safe.
class VenueActionsApi {
 public:
  // All must outlive this.
  struct Parts {
    BusinessClient& business;
    VisitCounter& visits;
    const ApiCalls& calls;
    IdempotencyKeys& keys;
    const LinkBases& bases;
  };
  explicit VenueActionsApi(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  using Answer = ApiCalls::Answer;
  using VenueCall = Answer (VenueActionsApi::*)(const HttpRequest& request, const Credential& key,
                                                const std::string& venue_id) const;

  // Answers in `type` for a path with the id of a venue.
  HttpHandler ForVenue(const std::string& type, VenueCall call) const;
  Answer ReplaceCode(const HttpRequest& request, const Credential& key,
                     const std::string& venue_id) const;
  Answer SetState(const HttpRequest& request, const Credential& key,
                  const std::string& venue_id) const;
  Answer CountVisits(const HttpRequest& request, const Credential& key,
                     const std::string& venue_id) const;
  Answer Pdf(const HttpRequest& request, const Credential& key, const std::string& venue_id) const;
  Answer QrPng(const HttpRequest& request, const Credential& key,
               const std::string& venue_id) const;
  Answer QrSvg(const HttpRequest& request, const Credential& key,
               const std::string& venue_id) const;
  OrProblem<std::string> CheckInAddress(const HttpRequest& request, const Credential& key,
                                        const std::string& venue_id) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway
