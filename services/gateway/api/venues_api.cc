#include "services/gateway/api/venues_api.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/api/strict_json.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;
using nlohmann::ordered_json;

constexpr char kAddPurpose[] = "oshirase api venue 1";
constexpr char kUpdatePurpose[] = "oshirase api change 1";
constexpr char kStartPurpose[] = "oshirase api registration 1";

std::string ETagOf(const OwnVenue& venue) { return absl::StrCat("\"", venue.revision, "\""); }

// The revision that a change starts from: the ETag of the venue as the program read it.
OrProblem<int> RevisionIn(const HttpRequest& request) {
  const std::string_view header = request.Header("If-Match");
  if (header.empty()) return Problem{.kind = "precondition-required"};
  int revision = 0;
  const bool quoted = header.size() >= 3 && header.front() == '"' && header.back() == '"';
  if (quoted && absl::SimpleAtoi(std::string(header.substr(1, header.size() - 2)), &revision) &&
      absl::StrCat("\"", revision, "\"") == header) {
    return revision;
  }
  return Problem{.kind = "invalid-header",
                 .places = {{ProblemPlace::Kind::kHeader, "If-Match", 0, "NOT_AN_ETAG", ""}}};
}

// Whether the venue an answer shows can be the one that was asked for. A registry that knows the
// request id answers with the venue registered then; one never changed since tells by its content
// that the key was used for another.
bool IsAnswerTo(const OwnVenue& venue, const VenueDetails& asked) {
  if (venue.revision > 1) return true;
  VenueDetails details = venue.details;
  details.email = asked.email;
  return FingerprintOf(details) == FingerprintOf(asked);
}

}  // namespace

HttpResponse VenueAnswer(int status, const OwnVenue& venue, const LinkBases& bases) {
  HttpResponse response = JsonAnswer(status, VenueJson(venue, bases));
  response.headers.emplace_back("ETag", ETagOf(venue));
  return response;
}

std::vector<Route> VenuesApi::Routes() {
  const auto keyed = [this](auto call) {
    return parts_.calls.WithKey(kJsonType,
                                [this, call](const HttpRequest& request, const Credential& key) {
                                  return (this->*call)(request, key);
                                });
  };
  const std::string venue = "/api/v1/venues/{venue_id}";
  return {{"POST", "/api/v1/registrations", "api_registration_start",
           parts_.calls.ForAnyone(kJsonType,
                                  [this](const HttpRequest& request) { return Start(request); })},
          {"GET", "/api/v1/business", "api_business", keyed(&VenuesApi::ShowBusiness)},
          {"GET", "/api/v1/venues", "api_venues", keyed(&VenuesApi::List)},
          {"POST", "/api/v1/venues", "api_venue_add", keyed(&VenuesApi::Add)},
          {"GET", venue, "api_venue", keyed(&VenuesApi::Get)},
          {"PUT", venue, "api_venue_replace", keyed(&VenuesApi::Replace)},
          {"PATCH", venue, "api_venue_change", keyed(&VenuesApi::Change)}};
}

VenuesApi::Answer VenuesApi::Start(const HttpRequest& request) const {
  const auto body = ReadJson(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  std::vector<ProblemPlace> places;
  const VenueDetails details = ReadRegistration(std::get<Json>(body), places);
  if (!places.empty()) return RequestInvalid(std::move(places));
  // Anybody may choose anybody's key here, so it only tells apart what is otherwise the same.
  const std::string key(request.Header("Idempotency-Key"));
  const auto started = parts_.business.StartRegistration(
      parts_.keys.IdOfContent({kStartPurpose, key, FingerprintOf(details)}), details,
      CallOf(request));
  if (!started.ok()) return ProblemOf(started.status());
  return JsonAnswer(202, {{"receipt_number", started->receipt_number},
                          {"link_expire_time", TimeText(started->link_expire_time)}});
}

VenuesApi::Answer VenuesApi::ShowBusiness(const HttpRequest& request, const Credential& key) const {
  const auto business = parts_.business.GetBusiness(key, CallOf(request));
  if (!business.ok()) return ProblemOf(business.status());
  return JsonAnswer(200, {{"business_id", business->business_id},
                          {"email", business->email},
                          {"name", business->name},
                          {"venue_count", business->venue_count}});
}

VenuesApi::Answer VenuesApi::Add(const HttpRequest& request, const Credential& key) const {
  const auto body = ReadJson(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  std::vector<ProblemPlace> places;
  const VenueDetails details = ReadVenue(std::get<Json>(body), "#", places);
  const std::string content = FingerprintOf(details);
  const IdempotentRequest asked = {kAddPurpose, key.secret, content};
  const auto id = parts_.keys.RequestIdOf(request, asked);
  if (const auto* problem = std::get_if<Problem>(&id)) return *problem;
  if (!places.empty()) return RequestInvalid(std::move(places));

  const auto venue =
      parts_.business.AddVenue(key, std::get<std::string>(id), details, CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  if (!IsAnswerTo(*venue, details)) return Problem{.kind = "idempotency-key-reused"};
  parts_.keys.Remember(std::get<std::string>(id), asked);
  HttpResponse response = VenueAnswer(201, *venue, parts_.bases);
  response.headers.emplace_back("Location", absl::StrCat("/api/v1/venues/", venue->venue_id));
  return response;
}

VenuesApi::Answer VenuesApi::List(const HttpRequest& request, const Credential& key) const {
  const auto page =
      parts_.business.ListOwnVenues(key, std::string(request.Query("page_token")), CallOf(request));
  if (!page.ok()) return ProblemOf(page.status());
  ordered_json venues = ordered_json::array();
  for (const OwnVenue& venue : page->venues) venues.push_back(VenueJson(venue, parts_.bases));
  const std::string& next = page->next_page_token;
  HttpResponse response = JsonAnswer(
      200, {{"venues", venues},
            {"next_page_token", next.empty() ? ordered_json(nullptr) : ordered_json(next)}});
  if (!next.empty()) {
    response.headers.emplace_back(
        "Link",
        absl::StrCat("</api/v1/venues?", EncodeQuery({{"page_token", next}}), ">; rel=\"next\""));
  }
  return response;
}

VenuesApi::Answer VenuesApi::Get(const HttpRequest& request, const Credential& key) const {
  const std::string id = IdIn(request, "venue_id");
  if (id.empty()) return Problem{.kind = "venue-not-found"};
  const auto venue = parts_.business.GetOwnVenue(key, id, CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  return VenueAnswer(200, *venue, parts_.bases);
}

VenuesApi::Answer VenuesApi::Replace(const HttpRequest& request, const Credential& key) const {
  const auto body = ReadJson(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  std::vector<ProblemPlace> places;
  VenueDetails details = ReadVenue(std::get<Json>(body), "#", places);
  if (!places.empty()) return RequestInvalid(std::move(places));
  return Update(request, key, std::move(details));
}

VenuesApi::Answer VenuesApi::Change(const HttpRequest& request, const Credential& key) const {
  static constexpr const char* kTypes[] = {kMergePatchType, kJsonType};
  const auto body = ReadJson(request, kTypes);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  const Json& patch = std::get<Json>(body);
  std::vector<ProblemPlace> places;
  // Of its own, so that what is wrong is at its place in the patch.
  ReadVenue(patch, "#", places);
  if (!places.empty()) return RequestInvalid(std::move(places));
  const std::string id = IdIn(request, "venue_id");
  if (id.empty()) return Problem{.kind = "venue-not-found"};
  const auto venue = parts_.business.GetOwnVenue(key, id, CallOf(request));
  if (!venue.ok()) return ProblemOf(venue.status());
  Json merged = DetailsJson(venue->details);
  merged.merge_patch(patch);
  VenueDetails details = ReadVenue(merged, "#", places);
  if (!places.empty()) return RequestInvalid(std::move(places));
  return Update(request, key, std::move(details));
}

VenuesApi::Answer VenuesApi::Update(const HttpRequest& request, const Credential& key,
                                    VenueDetails details) const {
  const std::string id = IdIn(request, "venue_id");
  if (id.empty()) return Problem{.kind = "venue-not-found"};
  const auto revision = RevisionIn(request);
  if (const auto* problem = std::get_if<Problem>(&revision)) return *problem;
  const int from = std::get<int>(revision);
  // The same change of the same revision is the same request: sent again, it is done once.
  const std::string content = absl::StrCat(id, " ", from, " ", FingerprintOf(details));
  const auto changed = parts_.business.UpdateVenue(
      key,
      {.request_id = parts_.keys.IdOfContent({kUpdatePurpose, key.secret, content}),
       .venue_id = id,
       .revision = from,
       .details = std::move(details)},
      CallOf(request));
  if (!changed.ok()) return ProblemOf(changed.status());
  return VenueAnswer(200, changed->venue, parts_.bases);
}

}  // namespace oshirase::gateway
