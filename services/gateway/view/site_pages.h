// Every page of the site: what they share, and their routes. A new handler of pages belongs in
// here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalogue/catalogue.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/bulk_client.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/backends/public_client.h"
#include "services/gateway/backends/visit_counter.h"
#include "services/gateway/forms/postal_codes.h"
#include "services/gateway/http/router.h"
#include "services/gateway/session/sessions.h"
#include "services/gateway/venues/venue_cache.h"
#include "services/gateway/view/bundle_handler.h"
#include "services/gateway/view/certificate_handler.h"
#include "services/gateway/view/check_in_handler.h"
#include "services/gateway/view/csv_handler.h"
#include "services/gateway/view/info_handler.h"
#include "services/gateway/view/letter_handler.h"
#include "services/gateway/view/link_handler.h"
#include "services/gateway/view/listed_venues_handler.h"
#include "services/gateway/view/open_data_handler.h"
#include "services/gateway/view/register_handler.h"
#include "services/gateway/view/renderer.h"
#include "services/gateway/view/session_pages.h"
#include "services/gateway/view/upkeep_handler.h"
#include "services/gateway/view/venue_actions_handler.h"
#include "services/gateway/view/venue_form_handler.h"
#include "services/gateway/view/venue_handler.h"

namespace oshirase::gateway {

struct SiteOptions {
  SiteFacts facts;
  std::string bot_basic_id;  // "@oshirase"
  PostalCodes postal_codes;
  Clock clock;
};

// Whom the pages ask.
struct SiteBackends {
  BusinessClient& business;
  BulkClient& bulk;
  VisitCounter& visits;
  PublicClient& everybody;
  VenueCache& venue_cache;
};

// Thread-safe.
class SitePages {
 public:
  // The backends must outlive the result. `form_key` is the same in every gateway. Returns INTERNAL
  // when a page, a word or the catalogue compiled in is wrong.
  static absl::StatusOr<std::unique_ptr<SitePages>> Create(const SiteBackends& backends,
                                                           const SiteOptions& options,
                                                           const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

  // The page for an error without one of its own.
  HttpResponse ErrorPage(const HttpRequest& request, int status) const {
    return renderer_.ErrorPage(request, status);
  }

 private:
  SitePages(const SiteBackends& backends, const SiteOptions& options, Renderer renderer,
            catalogue::Catalogue catalogue, const crypto::SecretKey& form_key);

  const Renderer renderer_;
  const catalogue::Catalogue catalogue_;
  const Sessions sessions_;
  const SessionPages session_pages_;
  InfoHandler info_;
  CertificateHandler certificates_;
  ListedVenuesHandler listed_;
  OpenDataHandler open_data_;
  LetterHandler letters_;
  CheckInHandler check_in_;
  RegisterHandler registration_;
  LinkHandler links_;
  UpkeepHandler upkeep_;
  VenueFormHandler venue_forms_;
  VenueActionsHandler venue_actions_;
  CsvHandler csv_;
  BundleHandler bundles_;
  VenueHandler venues_;
};

}  // namespace oshirase::gateway
