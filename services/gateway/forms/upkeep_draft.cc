#include "services/gateway/forms/upkeep_draft.h"

#include "common/status/macros.h"
#include "services/gateway/forms/derived_id.h"
#include "services/gateway/forms/form_json.h"

namespace oshirase::gateway {
namespace {

std::string Dump(const UpkeepDraft& draft) {
  return DumpJson({{"flow_id", draft.flow_id},
                   {"venue_id", draft.venue_id},
                   {"revision", draft.revision},
                   {"parent_venue_id", draft.parent_venue_id},
                   {"before", DumpJson(FormJson(draft.before))},
                   {"form", DumpJson(FormJson(draft.form))}});
}

}  // namespace

std::string SealDraft(const SealedText& seal, const UpkeepDraft& draft) {
  return seal.Seal(Dump(draft));
}

absl::StatusOr<UpkeepDraft> OpenUpkeepDraft(const SealedText& seal, std::string_view sealed) {
  ASSIGN_OR_RETURN(const std::string text, seal.Open(sealed));
  ASSIGN_OR_RETURN(const JsonObject json, JsonObject::Parse(text));
  ASSIGN_OR_RETURN(const JsonObject before, JsonObject::Parse(json.Text("before")));
  ASSIGN_OR_RETURN(const JsonObject form, JsonObject::Parse(json.Text("form")));
  return UpkeepDraft{.flow_id = json.Text("flow_id"),
                     .venue_id = json.Text("venue_id"),
                     .revision = static_cast<int>(json.Number("revision")),
                     .parent_venue_id = json.Text("parent_venue_id"),
                     .before = FormOf(before),
                     .form = FormOf(form)};
}

std::string RequestIdOf(const crypto::SecretKey& form_key, const UpkeepDraft& draft) {
  return IdOf(form_key, "oshirase upkeep 1", Dump(draft));
}

RegisterForm Merged(const UpkeepDraft& draft, const RegisterForm& now) {
  RegisterForm merged = now;
  const auto take = [&](auto RegisterForm::*field) {
    if (draft.form.*field != draft.before.*field) merged.*field = draft.form.*field;
  };
  take(&RegisterForm::kind);
  take(&RegisterForm::name);
  take(&RegisterForm::kana);
  take(&RegisterForm::event_start_time);
  take(&RegisterForm::event_end_time);
  take(&RegisterForm::postal_code);
  take(&RegisterForm::municipality);
  take(&RegisterForm::address);
  take(&RegisterForm::phone);
  take(&RegisterForm::measure_ids);
  take(&RegisterForm::measures);
  take(&RegisterForm::business_name);
  take(&RegisterForm::name_consent);
  take(&RegisterForm::listed);
  return merged;
}

}  // namespace oshirase::gateway
