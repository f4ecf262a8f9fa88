#include "services/gateway/api/problem.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/gateway/api/negotiation.h"
#include "services/gateway/api/strict_json.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

using nlohmann::ordered_json;
using Json = nlohmann::json;

constexpr char kTypePrefix[] = "/api/v1/problems/";

// What is better said than by its status alone, by the reason that the registry gives.
struct ReasonProblem {
  const char* reason;
  const char* kind;
  const char* retry_after;  // In seconds, or "".
};
constexpr ReasonProblem kReasonProblems[] = {
    {"API_KEY_UNKNOWN", "api-key-unknown", ""},
    {"SESSION_ENDED", "api-key-unknown", ""},
    {"VENUE_NOT_FOUND", "venue-not-found", ""},
    {"BUNDLE_NOT_FOUND", "bundle-not-found", ""},
    {"VENUE_CHANGED", "venue-changed", ""},
    {"REQUEST_ID_REUSED", "idempotency-key-reused", ""},
    {"VENUE_SUSPENDED", "venue-suspended", ""},
    {"NO_CERTIFICATE", "no-certificate", ""},
    {"CERTIFICATE_WITHDRAWN", "certificate-withdrawn", ""},
    {"NO_VENUES", "no-venues", ""},
    {"BUNDLE_NOT_DONE", "bundle-not-done", ""},
    {"TOO_MANY_BUNDLES", "too-many-bundles", "30"},
    {"TOO_MANY_MAILS", "too-many-mails", "3600"},
};

const char* KindOfStatus(int status) {
  switch (status) {
    case 400:
      return "bad-request";
    case 404:
      return "not-found";
    case 405:
      return "method-not-allowed";
    case 408:
      return "request-timeout";
    case 411:
      return "length-required";
    case 413:
      return "too-large";
    case 414:
      return "uri-too-long";
    case 415:
      return "unsupported-media-type";
    case 417:
      return "expectation-failed";
    case 503:
      return "unavailable";
    default:
      return "internal";
  }
}

const char* MemberOf(ProblemPlace::Kind kind) {
  switch (kind) {
    case ProblemPlace::Kind::kPointer:
      return "pointer";
    case ProblemPlace::Kind::kParameter:
      return "parameter";
    case ProblemPlace::Kind::kHeader:
      return "header";
    case ProblemPlace::Kind::kColumn:
      return "column";
  }
  return "pointer";
}

// The fields that the registry refuses.
Problem ProblemOfFields(const std::vector<FieldRefusal>& refusals) {
  Problem problem = {.kind = "request-invalid"};
  for (const FieldRefusal& refusal : refusals) {
    problem.places.push_back({.where = PointerOf(refusal.field), .reason = refusal.reason});
  }
  const bool known = std::all_of(refusals.begin(), refusals.end(), [](const auto& refusal) {
    return refusal.reason == "ALREADY_REGISTERED";
  });
  if (known) problem.kind = "already-registered";
  return problem;
}

}  // namespace

absl::StatusOr<Problems> Problems::BuiltIn() {
  const Json json = Json::parse(FindAsset("api/problems.json"), nullptr, false);
  const absl::Status wrong = absl::InternalError("api/problems.json is not as it should be");
  const auto words = [](const Json& from) {
    return Words{from.value("ja", ""), from.value("en", "")};
  };
  if (!json.contains("problems") || !json.contains("reasons")) return wrong;
  Problems problems;
  for (const auto& [name, kind] : json["problems"].items()) {
    problems.kinds_[name] = {kind.value("status", 500), words(kind.value("title", Json::object())),
                             words(kind.value("detail", Json::object()))};
  }
  for (const auto& [name, reason] : json["reasons"].items()) {
    problems.reasons_[name] = words(reason);
  }
  if (problems.kinds_.find("internal") == problems.kinds_.end()) return wrong;
  return problems;
}

HttpResponse Problems::Answer(const HttpRequest& request, const Problem& problem) const {
  const Language language = PreferredLanguage(request.Header("Accept-Language"));
  const auto found = kinds_.find(problem.kind);
  const auto& [name, kind] = found == kinds_.end() ? *kinds_.find("internal") : *found;
  ordered_json body = {{"type", absl::StrCat(kTypePrefix, name)},
                       {"title", kind.title.In(language)},
                       {"status", kind.status},
                       {"detail", kind.detail.In(language)}};
  for (const ProblemPlace& place : problem.places) {
    const auto reason = reasons_.find(place.reason);
    ordered_json entry = {{MemberOf(place.kind), place.where}, {"reason", place.reason}};
    if (place.line > 0) entry["line"] = place.line;
    const bool own = !place.detail.empty() || reason == reasons_.end();
    entry["detail"] = own ? place.detail : reason->second.In(language);
    body["errors"].push_back(std::move(entry));
  }
  HttpResponse response;
  response.status = kind.status;
  response.content_type = "application/problem+json";
  response.body = DumpOrdered(body);
  response.headers = problem.headers;
  response.headers.emplace_back("Content-Language", InfoOf(language).html_lang);
  response.headers.emplace_back("Vary", "Accept-Language");
  return response;
}

std::string Problems::Explain(std::string_view kind, Language language) const {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return "";
  return DumpOrdered({{"type", absl::StrCat(kTypePrefix, found->first)},
                      {"title", found->second.title.In(language)},
                      {"status", found->second.status},
                      {"detail", found->second.detail.In(language)}});
}

std::vector<std::string> Problems::kinds() const {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds_) names.push_back(name);
  return names;
}

Problem RequestInvalid(std::vector<ProblemPlace> places) {
  return {.kind = "request-invalid", .places = std::move(places)};
}

Problem ProblemOfStatus(int http_status) {
  Problem problem = {.kind = KindOfStatus(http_status)};
  if (http_status == 503) problem.headers.emplace_back("Retry-After", "10");
  if (http_status == 415) problem.headers.emplace_back("Accept", "application/json");
  return problem;
}

Problem ProblemOf(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "VENUE_INVALID") return ProblemOfFields(FieldRefusalsOf(status));
  if (reason == "PAGE_TOKEN_INVALID") {
    return {.kind = "invalid-parameter",
            .places = {{ProblemPlace::Kind::kParameter, "page_token", 0, reason, ""}}};
  }
  for (const ReasonProblem& known : kReasonProblems) {
    if (reason != known.reason) continue;
    Problem problem = {.kind = known.kind};
    if (*known.retry_after != '\0') problem.headers.emplace_back("Retry-After", known.retry_after);
    if (absl::IsUnauthenticated(status)) {
      problem.headers.emplace_back("WWW-Authenticate",
                                   "Bearer realm=\"oshirase\", error=\"invalid_token\"");
    }
    return problem;
  }
  // Whatever else is wrong with our own call is our own fault.
  return ProblemOfStatus(HttpStatusOf(status) == 503 ? 503 : 500);
}

}  // namespace oshirase::gateway
