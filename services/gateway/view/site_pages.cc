#include "services/gateway/view/site_pages.h"

#include <iterator>
#include <utility>

#include "common/status/macros.h"
#include "services/gateway/view/static_files.h"

namespace oshirase::gateway {
namespace {

void Append(std::vector<Route>& to, std::vector<Route> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SitePages>> SitePages::Create(const SiteBackends& backends,
                                                             const SiteOptions& options,
                                                             const crypto::SecretKey& form_key) {
  ASSIGN_OR_RETURN(Renderer renderer, Renderer::Create(options.facts));
  ASSIGN_OR_RETURN(catalogue::Catalogue catalogue, catalogue::LoadBuiltIn());
  return std::unique_ptr<SitePages>(
      new SitePages(backends, options, std::move(renderer), std::move(catalogue), form_key));
}

SitePages::SitePages(const SiteBackends& backends, const SiteOptions& options, Renderer renderer,
                     catalogue::Catalogue catalogue, const crypto::SecretKey& form_key)
    : renderer_(std::move(renderer)),
      catalogue_(std::move(catalogue)),
      sessions_(options.facts.public_url, form_key),
      session_pages_(renderer_, sessions_),
      info_(renderer_),
      certificates_({backends.everybody, renderer_, catalogue_}),
      listed_({backends.everybody, renderer_, catalogue_}),
      open_data_(backends.everybody, renderer_),
      letters_({backends.everybody, renderer_, options.clock}, form_key),
      check_in_({backends.venue_cache, renderer_, options.clock}, options.bot_basic_id),
      registration_({backends.business, renderer_, catalogue_, options.postal_codes, options.clock},
                    form_key),
      links_({backends.business, renderer_, sessions_, options.clock}),
      upkeep_({backends.business, session_pages_, options.clock}, form_key),
      venue_forms_(
          {backends.business, session_pages_, catalogue_, options.postal_codes, options.clock},
          form_key),
      venue_actions_({backends.business, backends.visits, session_pages_}, form_key),
      csv_({backends.bulk, session_pages_, catalogue_, options.clock}, form_key),
      bundles_({backends.bulk, session_pages_}),
      venues_({backends.business, session_pages_, catalogue_}, options.bot_basic_id) {}

std::vector<Route> SitePages::Routes() {
  std::vector<Route> routes = info_.Routes();
  Append(routes, certificates_.Routes());
  Append(routes, listed_.Routes());
  Append(routes, open_data_.Routes());
  Append(routes, letters_.Routes());
  Append(routes, check_in_.Routes());
  Append(routes, registration_.Routes());
  Append(routes, links_.Routes());
  Append(routes, upkeep_.Routes());
  Append(routes, venue_forms_.Routes());
  Append(routes, venue_actions_.Routes());
  Append(routes, csv_.Routes());
  Append(routes, bundles_.Routes());
  // Last of those below a venue: it takes any file of one.
  Append(routes, venues_.Routes());
  Append(routes, StaticFileRoutes());
  return routes;
}

}  // namespace oshirase::gateway
