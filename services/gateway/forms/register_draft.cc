#include "services/gateway/forms/register_draft.h"

#include <nlohmann/json.hpp>

#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Sealed by us, so its shape is known unless an older or newer gateway sealed it.
absl::StatusOr<Json> Parse(const std::string& text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::InvalidArgumentError("the token is of another version");
  return json;
}

std::string Text(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool Flag(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

}  // namespace

std::string SealDraft(const SealedText& seal, const RegisterDraft& draft) {
  const RegisterForm& form = draft.form;
  return seal.Seal(Dump({{"request_id", draft.request_id},
                         {"name", form.name},
                         {"kana", form.kana},
                         {"kind", form.kind},
                         {"postal_code", form.postal_code},
                         {"address", form.address},
                         {"phone", form.phone},
                         {"email", form.email},
                         {"measures", form.measures},
                         {"event_start_time", form.event_start_time},
                         {"event_end_time", form.event_end_time},
                         {"listed", form.listed},
                         {"name_consent", form.name_consent}}));
}

absl::StatusOr<RegisterDraft> OpenDraft(const SealedText& seal, std::string_view sealed) {
  ASSIGN_OR_RETURN(const std::string text, seal.Open(sealed));
  ASSIGN_OR_RETURN(const Json json, Parse(text));
  return RegisterDraft{.request_id = Text(json, "request_id"),
                       .form = {.name = Text(json, "name"),
                                .kana = Text(json, "kana"),
                                .kind = Text(json, "kind"),
                                .postal_code = Text(json, "postal_code"),
                                .address = Text(json, "address"),
                                .phone = Text(json, "phone"),
                                .email = Text(json, "email"),
                                .measures = Text(json, "measures"),
                                .event_start_time = Text(json, "event_start_time"),
                                .event_end_time = Text(json, "event_end_time"),
                                .listed = Flag(json, "listed"),
                                .name_consent = Flag(json, "name_consent")}};
}

std::string SealRegistered(const SealedText& seal, const RegisteredVenue& venue) {
  return seal.Seal(Dump({{"code", venue.code.value}, {"name", venue.name}}));
}

absl::StatusOr<RegisteredVenue> OpenRegistered(const SealedText& seal, std::string_view sealed) {
  ASSIGN_OR_RETURN(const std::string text, seal.Open(sealed));
  ASSIGN_OR_RETURN(const Json json, Parse(text));
  RegisteredVenue venue;
  ASSIGN_OR_RETURN(venue.code, ids::ParseVenueCode(Text(json, "code")));
  venue.name = Text(json, "name");
  return venue;
}

}  // namespace oshirase::gateway
