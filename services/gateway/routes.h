// What main() puts together: the routes of all handlers, and the way to the other services.
#pragma once

#include <memory>

#include "common/client/tls_files.h"
#include "grpcpp/channel.h"
#include "services/gateway/api/api.h"
#include "services/gateway/backends/grpc_bulk_client.h"
#include "services/gateway/backends/grpc_business_client.h"
#include "services/gateway/backends/grpc_public_client.h"
#include "services/gateway/backends/grpc_visit_counter.h"
#include "services/gateway/config.h"
#include "services/gateway/health/readiness.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/site_pages.h"
#include "services/gateway/webhook/webhook_handler.h"

namespace oshirase::gateway {

// Every route; the handlers must outlive it.
Router AllRoutes(WebhookHandler& webhooks, SitePages& pages, Api& api, Readiness& readiness);

// The answer to a request that no handler answers: a page, or a problem where programs ask.
HttpResponse ErrorAnswer(const SitePages& pages, const Api& api, const HttpRequest& request,
                         int status);

struct Channels {
  std::shared_ptr<grpc::Channel> registry;
  std::shared_ptr<grpc::Channel> checkin;
  std::shared_ptr<grpc::Channel> notifier;
};

// Channels that send again what is idempotent, while a service restarts.
Channels MakeChannels(const Config& config,
                      const std::shared_ptr<CertificateProvider>& certificates);

// Whom the pages and the API ask, over `channels`. Thread-safe.
class SiteClients {
 public:
  explicit SiteClients(const Channels& channels)
      : business_(channels.registry),
        bulk_(channels.registry),
        visits_(channels.checkin),
        everybody_(channels.registry) {}

  // Refers to this and to `venue_cache`.
  SiteBackends Backends(VenueCache& venue_cache) {
    return {business_, bulk_, visits_, everybody_, venue_cache};
  }
  // Refers to this.
  ApiBackends ForApi() { return {business_, bulk_, visits_}; }

 private:
  GrpcBusinessClient business_;
  GrpcBulkClient bulk_;
  GrpcVisitCounter visits_;
  GrpcPublicClient everybody_;
};

}  // namespace oshirase::gateway
