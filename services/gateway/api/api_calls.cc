#include "services/gateway/api/api_calls.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/ids/uuid.h"
#include "services/gateway/api/negotiation.h"
#include "services/gateway/api/strict_json.h"

namespace oshirase::gateway {
namespace {

constexpr absl::string_view kScheme = "Bearer ";
constexpr size_t kMaxKey = 200;

// The API key that `request` carries; nothing when it carries none.
std::optional<Credential> KeyOf(const HttpRequest& request) {
  const std::string_view header = request.Header("Authorization");
  const absl::string_view view(header.data(), header.size());
  if (!absl::StartsWithIgnoreCase(view, kScheme)) return std::nullopt;
  std::string key(header.substr(kScheme.size()));
  // Anything else is no key of ours, and need not travel further.
  const bool plain = !key.empty() && key.size() <= kMaxKey &&
                     std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
  if (!plain) key = "none";
  return Credential{.kind = Credential::Kind::kApiKey, .secret = std::move(key)};
}

Problem KeyMissing() {
  return {.kind = "api-key-missing",
          .headers = {{"WWW-Authenticate", "Bearer realm=\"oshirase\""}}};
}

Problem ProblemOfFault(const JsonFault& fault) {
  Problem problem = {.kind = "malformed-json"};
  if (fault.kind == JsonFault::Kind::kRepeated) {
    problem.places.push_back({.where = fault.pointer, .reason = "REPEATED_MEMBER"});
  } else if (fault.kind == JsonFault::Kind::kTooDeep) {
    problem.places.push_back({.where = fault.pointer, .reason = "TOO_DEEP"});
  }
  return problem;
}

}  // namespace

HttpHandler ApiCalls::ForAnyone(const std::string& type, AnyonesCall call) const {
  return [this, type, call = std::move(call)](const HttpRequest& request) {
    if (!Accepts(request.Header("Accept"), type)) {
      return problems_.Answer(request, {.kind = "not-acceptable"});
    }
    Answer answer = call(request);
    if (const auto* problem = std::get_if<Problem>(&answer)) {
      return problems_.Answer(request, *problem);
    }
    return std::get<HttpResponse>(std::move(answer));
  };
}

HttpHandler ApiCalls::WithKey(const std::string& type, KeyedCall call) const {
  return ForAnyone(type, [call = std::move(call)](const HttpRequest& request) -> Answer {
    const auto api_key = KeyOf(request);
    if (!api_key) return KeyMissing();
    return call(request, *api_key);
  });
}

HttpResponse JsonAnswer(int status, const nlohmann::ordered_json& body) {
  HttpResponse response;
  response.status = status;
  response.content_type = kJsonType;
  response.body = DumpOrdered(body);
  return response;
}

HttpResponse FileAnswer(const std::string& name, const std::string& type, std::string bytes) {
  HttpResponse response;
  response.content_type = type;
  response.body = std::move(bytes);
  response.headers.emplace_back("Content-Disposition",
                                absl::StrCat("attachment; filename=\"", name, "\""));
  return response;
}

Problem UnsupportedType(std::span<const char* const> types) {
  return {.kind = "unsupported-media-type", .headers = {{"Accept", absl::StrJoin(types, ", ")}}};
}

OrProblem<nlohmann::json> ReadJson(const HttpRequest& request, std::span<const char* const> types) {
  const std::string type = BodyType(request);
  if (std::find(types.begin(), types.end(), type) == types.end()) return UnsupportedType(types);
  auto json = ParseStrictJson(request.body);
  if (const auto* fault = std::get_if<JsonFault>(&json)) return ProblemOfFault(*fault);
  return std::get<nlohmann::json>(std::move(json));
}

OrProblem<nlohmann::json> ReadJson(const HttpRequest& request) {
  static constexpr const char* kTypes[] = {kJsonType};
  return ReadJson(request, kTypes);
}

std::string IdIn(const HttpRequest& request, const char* place) {
  std::string id(request.PathValue(place));
  return ids::ParseUuid(id).ok() ? id : "";
}

}  // namespace oshirase::gateway
