#include "services/gateway/api/venue_actions_api.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/oa_message.h"
#include "common/qr/qr_picture.h"
#include "common/time/japan_time.h"
#include "services/gateway/api/member_reader.h"
#include "services/gateway/api/venues_api.h"
#include "services/gateway/view/documents.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;
using nlohmann::ordered_json;

constexpr char kCodePurpose[] = "oshirase api code 1";
constexpr int kMaxGraceDays = 30;
constexpr int kPngPixels = 12;
// Counts are rounded down to these.
constexpr int kVisitStep = 10;

}  // namespace

std::vector<Route> VenueActionsApi::Routes() {
  const std::string venue = "/api/v1/venues/{venue_id}";
  std::vector<Route> routes = {
      {"POST", venue + "/code", "api_venue_code",
       ForVenue(kJsonType, &VenueActionsApi::ReplaceCode)},
      {"PUT", venue + "/state", "api_venue_state", ForVenue(kJsonType, &VenueActionsApi::SetState)},
      {"GET", venue + "/visits", "api_venue_visits",
       ForVenue(kJsonType, &VenueActionsApi::CountVisits)},
      {"GET", venue + "/documents/qr.png", "api_venue_qr",
       ForVenue("image/png", &VenueActionsApi::QrPng)},
      {"GET", venue + "/documents/qr.svg", "api_venue_qr",
       ForVenue("image/svg+xml", &VenueActionsApi::QrSvg)}};
  for (const DocumentInfo& info : Documents()) {
    routes.push_back({"GET", absl::StrCat(venue, "/documents/", info.name, ".pdf"),
                      "api_venue_document", ForVenue("application/pdf", &VenueActionsApi::Pdf)});
  }
  return routes;
}

HttpHandler VenueActionsApi::ForVenue(const std::string& type, VenueCall call) const {
  return parts_.calls.WithKey(
      type, [this, call](const HttpRequest& request, const Credential& key) -> Answer {
        const std::string id = IdIn(request, "venue_id");
        if (id.empty()) return Problem{.kind = "venue-not-found"};
        return (this->*call)(request, key, id);
      });
}

VenueActionsApi::Answer VenueActionsApi::ReplaceCode(const HttpRequest& request,
                                                     const Credential& key,
                                                     const std::string& venue_id) const {
  const auto body = ReadJson(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  std::vector<ProblemPlace> places;
  MemberReader reader(std::get<Json>(body), "#", places);
  const int64_t days = reader.Number("grace_days", 0, kMaxGraceDays);
  reader.Finish();
  if (!places.empty()) return RequestInvalid(std::move(places));
  const std::string owner = absl::StrCat(key.secret, " ", venue_id);
  const std::string content = absl::StrCat(days);
  const IdempotentRequest asked = {kCodePurpose, owner, content};
  const auto id = parts_.keys.RequestIdOf(request, asked);
  if (const auto* problem = std::get_if<Problem>(&id)) return *problem;

  const auto venue = parts_.business.ReplaceCode(key,
                                                 {.request_id = std::get<std::string>(id),
                                                  .venue_id = venue_id,
                                                  .grace = absl::Hours(24) * days},
                                                 CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  parts_.keys.Remember(std::get<std::string>(id), asked);
  return VenueAnswer(200, *venue, parts_.bases);
}

VenueActionsApi::Answer VenueActionsApi::SetState(const HttpRequest& request, const Credential& key,
                                                  const std::string& venue_id) const {
  static const auto& states = *new std::vector<std::string>{"open", "closed"};
  const auto body = ReadJson(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  std::vector<ProblemPlace> places;
  MemberReader reader(std::get<Json>(body), "#", places);
  const std::string state = reader.Choice("state", states);
  reader.Finish();
  if (!places.empty()) return RequestInvalid(std::move(places));
  const auto venue = parts_.business.SetVenueOpen(key, venue_id, state == "open", CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  return VenueAnswer(200, *venue, parts_.bases);
}

VenueActionsApi::Answer VenueActionsApi::CountVisits(const HttpRequest& request,
                                                     const Credential& key,
                                                     const std::string& venue_id) const {
  // checkin counts for whoever asks; whose venue it is, the registry says.
  const auto venue = parts_.business.GetOwnVenue(key, venue_id, CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  const auto counts = parts_.visits.CountVenueDays(venue_id, CallOf(request));
  if (!counts.ok()) return ProblemOfStatus(503);
  ordered_json days = ordered_json::array();
  for (const DayCount& count : *counts) {
    days.push_back({{"day", FormatDay(count.day)},
                    {"visits_from", count.visits_floor},
                    {"visits_to", count.visits_floor + kVisitStep - 1}});
  }
  return JsonAnswer(200, {{"days", days}});
}

VenueActionsApi::Answer VenueActionsApi::Pdf(const HttpRequest& request, const Credential& key,
                                             const std::string& venue_id) const {
  const std::string file = request.path.substr(request.path.rfind('/') + 1);
  for (const DocumentInfo& info : Documents()) {
    if (file != absl::StrCat(info.name, ".pdf")) continue;
    auto bytes = parts_.business.RenderDocument(key, venue_id, info.document, CallOf(request));
    if (!bytes.ok()) return ProblemOf(bytes.status());
    return FileAnswer(file, "application/pdf", *std::move(bytes));
  }
  return ProblemOfStatus(404);
}

OrProblem<std::string> VenueActionsApi::CheckInAddress(const HttpRequest& request,
                                                       const Credential& key,
                                                       const std::string& venue_id) const {
  const auto venue = parts_.business.GetOwnVenue(key, venue_id, CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  return ids::OaMessageUrl(parts_.bases.bot_basic_id, venue->code);
}

VenueActionsApi::Answer VenueActionsApi::QrPng(const HttpRequest& request, const Credential& key,
                                               const std::string& venue_id) const {
  const auto address = CheckInAddress(request, key, venue_id);
  if (const auto* problem = std::get_if<Problem>(&address)) return *problem;
  const auto symbol = qr::Encode(std::get<std::string>(address), qr::Recovery::kMedium);
  if (!symbol.ok()) return ProblemOfStatus(500);
  return FileAnswer("qr.png", "image/png", qr::Png(*symbol, kPngPixels));
}

VenueActionsApi::Answer VenueActionsApi::QrSvg(const HttpRequest& request, const Credential& key,
                                               const std::string& venue_id) const {
  const auto address = CheckInAddress(request, key, venue_id);
  if (const auto* problem = std::get_if<Problem>(&address)) return *problem;
  const auto symbol = qr::Encode(std::get<std::string>(address), qr::Recovery::kMedium);
  if (!symbol.ok()) return ProblemOfStatus(500);
  return FileAnswer("qr.svg", "image/svg+xml", qr::Svg(*symbol));
}

}  // namespace oshirase::gateway
