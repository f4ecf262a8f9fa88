#include "services/registry/store/sheet_json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <pqxx/except>

namespace oshirase::registry {
namespace {

using Json = nlohmann::json;

// Times are whole seconds since 1970, or null.
Json TimeJson(const std::optional<absl::Time>& time) {
  return time.has_value() ? Json(absl::ToUnixSeconds(*time)) : Json(nullptr);
}

std::optional<absl::Time> TimeOf(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return absl::FromUnixSeconds(json.get<int64_t>());
}

// Calls `read` with the parsed text; what nlohmann throws becomes what libpqxx throws.
template <typename Read>
auto ReadJson(const std::string& text, Read read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception&) {
    throw pqxx::conversion_error("a JSON column is not of this version");
  }
}

std::string TextOf(const Json& json, const char* name) { return json.at(name).get<std::string>(); }

}  // namespace

std::string JsonOf(const SheetFacts& sheet) {
  Json measures = Json::array();
  for (const auto& measure : sheet.measures) {
    measures.push_back({{"group", measure.group},
                        {"group_name", measure.group_name},
                        {"id", measure.id},
                        {"text", measure.text},
                        {"new", measure.is_new}});
  }
  return Json({{"prefecture_name", sheet.prefecture_name},
               {"consultation", sheet.consultation},
               {"venue_name", sheet.venue_name},
               {"venue_address", sheet.venue_address},
               {"kind", sheet.kind},
               {"kind_name", sheet.kind_name},
               {"event_start", TimeJson(sheet.event_start)},
               {"event_end", TimeJson(sheet.event_end)},
               {"measures", std::move(measures)},
               {"drill", sheet.drill}})
      .dump();
}

SheetFacts SheetOfJson(const std::string& text) {
  return ReadJson(text, [](const Json& json) {
    SheetFacts sheet{.prefecture_name = TextOf(json, "prefecture_name"),
                     .consultation = TextOf(json, "consultation"),
                     .venue_name = TextOf(json, "venue_name"),
                     .venue_address = TextOf(json, "venue_address"),
                     .kind = TextOf(json, "kind"),
                     .kind_name = TextOf(json, "kind_name"),
                     .event_start = TimeOf(json.at("event_start")),
                     .event_end = TimeOf(json.at("event_end")),
                     .measures = {},
                     .drill = json.at("drill").get<bool>()};
    for (const auto& measure : json.at("measures")) {
      sheet.measures.push_back({.group = TextOf(measure, "group"),
                                .group_name = TextOf(measure, "group_name"),
                                .id = TextOf(measure, "id"),
                                .text = TextOf(measure, "text"),
                                .is_new = measure.at("new").get<bool>()});
    }
    return sheet;
  });
}

std::string JsonOf(const VenueDetails& details) {
  return Json({{"name", details.name},
               {"kana", details.kana},
               {"kind", details.kind},
               {"postal_code", details.postal_code},
               {"municipality", details.municipality},
               {"address", details.address},
               {"phone", details.phone},
               {"email", details.email},
               {"business_name", details.business_name},
               {"measure_ids", details.measure_ids},
               {"own_measures", details.own_measures},
               {"event_start", TimeJson(details.event_start)},
               {"event_end", TimeJson(details.event_end)},
               {"name_consent", details.name_consent},
               {"listed", details.listed}})
      .dump();
}

VenueDetails DetailsOfJson(const std::string& text) {
  return ReadJson(text, [](const Json& json) {
    return VenueDetails{.name = TextOf(json, "name"),
                        .kana = TextOf(json, "kana"),
                        .kind = TextOf(json, "kind"),
                        .postal_code = TextOf(json, "postal_code"),
                        .municipality = TextOf(json, "municipality"),
                        .address = TextOf(json, "address"),
                        .phone = TextOf(json, "phone"),
                        .email = TextOf(json, "email"),
                        .business_name = TextOf(json, "business_name"),
                        .parent_venue_id = "",  // a first registration has none
                        .measure_ids = json.at("measure_ids").get<std::vector<std::string>>(),
                        .own_measures = json.at("own_measures").get<std::vector<std::string>>(),
                        .event_start = TimeOf(json.at("event_start")),
                        .event_end = TimeOf(json.at("event_end")),
                        .name_consent = json.at("name_consent").get<bool>(),
                        .listed = json.at("listed").get<bool>()};
  });
}

}  // namespace oshirase::registry
