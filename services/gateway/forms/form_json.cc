#include "services/gateway/forms/form_json.h"

namespace oshirase::gateway {

nlohmann::json FormJson(const RegisterForm& form) {
  return {{"kind", form.kind},
          {"name", form.name},
          {"kana", form.kana},
          {"event_start_time", form.event_start_time},
          {"event_end_time", form.event_end_time},
          {"postal_code", form.postal_code},
          {"municipality", form.municipality},
          {"address", form.address},
          {"phone", form.phone},
          {"measure_ids", form.measure_ids},
          {"measures", form.measures},
          {"business_name", form.business_name},
          {"email", form.email},
          {"name_consent", form.name_consent},
          {"listed", form.listed}};
}

RegisterForm FormOf(const JsonObject& json) {
  return {.kind = json.Text("kind"),
          .name = json.Text("name"),
          .kana = json.Text("kana"),
          .event_start_time = json.Text("event_start_time"),
          .event_end_time = json.Text("event_end_time"),
          .postal_code = json.Text("postal_code"),
          .municipality = json.Text("municipality"),
          .address = json.Text("address"),
          .phone = json.Text("phone"),
          .measure_ids = json.Texts("measure_ids"),
          .measures = json.Text("measures"),
          .business_name = json.Text("business_name"),
          .email = json.Text("email"),
          .name_consent = json.Flag("name_consent"),
          .listed = json.Flag("listed")};
}

}  // namespace oshirase::gateway
