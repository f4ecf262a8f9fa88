#include "services/gateway/routes.h"

#include <iterator>
#include <utility>

#include "common/client/channel.h"

namespace oshirase::gateway {
namespace {

void Append(std::vector<Route>& to, std::vector<Route> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Router AllRoutes(WebhookHandler& webhooks, SitePages& pages, Api& api, Readiness& readiness) {
  std::vector<Route> routes = {
      {"POST", "/line/webhook", "line_webhook",
       [&webhooks](const HttpRequest& request) { return webhooks.Handle(request); },
       kMaxWebhookBytes}};
  Append(routes, pages.Routes());
  Append(routes, api.Routes());
  Append(routes, readiness.Routes());
  return Router(std::move(routes));
}

HttpResponse ErrorAnswer(const SitePages& pages, const Api& api, const HttpRequest& request,
                         int status) {
  if (Api::Owns(request.path)) return api.ErrorAnswer(request, status);
  return pages.ErrorPage(request, status);
}

Channels MakeChannels(const Config& config,
                      const std::shared_ptr<CertificateProvider>& certificates) {
  constexpr char kRegistry[] = "/oshirase.registry.v1.RegistryService/";
  constexpr char kBusiness[] = "/oshirase.registry.v1.BusinessService/";
  constexpr char kPublic[] = "/oshirase.registry.v1.PublicService/";
  constexpr char kCheckin[] = "/oshirase.checkin.v1.CheckinService/";
  constexpr char kNotifier[] = "/oshirase.notifier.v1.NotifierService/";
  const auto channel = [&](const std::string& address, const std::string& service,
                           std::vector<std::string> retried) {
    return MakeChannel(
        {.address = address, .service = service, .retried_methods = std::move(retried)},
        certificates);
  };
  return {
      .registry = channel(
          config.registry_address, "registry",
          {std::string(kRegistry) + "LookupVenueCode", std::string(kBusiness) + "StartRegistration",
           std::string(kBusiness) + "CheckLink", std::string(kBusiness) + "CloseSession",
           std::string(kBusiness) + "GetBusiness", std::string(kBusiness) + "ListOwnVenues",
           std::string(kBusiness) + "GetOwnVenue", std::string(kBusiness) + "AddVenue",
           std::string(kBusiness) + "UpdateVenue", std::string(kBusiness) + "ReplaceOwnVenueCode",
           std::string(kBusiness) + "SetOwnVenueState", std::string(kBusiness) + "GetBundle",
           std::string(kPublic) + "GetCertificate", std::string(kPublic) + "SearchListedVenues",
           std::string(kPublic) + "SubmitEnquiry", std::string(kPublic) + "SubmitReport"}),
      .checkin =
          channel(config.checkin_address, "checkin",
                  {std::string(kCheckin) + "AdmitVisits", std::string(kCheckin) + "RecordVisits",
                   std::string(kCheckin) + "CountVenueDays"}),
      .notifier = channel(
          config.notifier_address, "notifier",
          {std::string(kNotifier) + "GetDayKeys", std::string(kNotifier) + "RecordFollowChange"})};
}

}  // namespace oshirase::gateway
