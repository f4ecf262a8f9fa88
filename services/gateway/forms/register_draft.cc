#include "services/gateway/forms/register_draft.h"

#include <algorithm>

#include "common/crypto/keyed_hash.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/gateway/forms/json_text.h"

namespace oshirase::gateway {
namespace {

std::string Dump(const RegisterDraft& draft) {
  const RegisterForm& form = draft.form;
  return DumpJson({{"flow_id", draft.flow_id},
                   {"kind", form.kind},
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
                   {"listed", form.listed}});
}

}  // namespace

std::string SealDraft(const SealedText& seal, const RegisterDraft& draft) {
  return seal.Seal(Dump(draft));
}

absl::StatusOr<RegisterDraft> OpenDraft(const SealedText& seal, std::string_view sealed) {
  ASSIGN_OR_RETURN(const std::string text, seal.Open(sealed));
  ASSIGN_OR_RETURN(const JsonObject json, JsonObject::Parse(text));
  return RegisterDraft{.flow_id = json.Text("flow_id"),
                       .form = {.kind = json.Text("kind"),
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
                                .listed = json.Flag("listed")}};
}

std::string RequestIdOf(const crypto::SecretKey& form_key, const RegisterDraft& draft) {
  // The flow's random id is inside, so that equal answers of two businesses differ.
  const crypto::Hash hash = crypto::KeyedHash(form_key, "oshirase registration 1", Dump(draft));
  ids::UuidBytes bytes{};
  std::copy_n(hash.begin(), bytes.size(), bytes.begin());
  // Version and variant, as of a random one.
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3F) | 0x80);
  return ids::FormatUuid(bytes);
}

std::string SealSentMail(const SealedText& seal, const SentMail& mail) {
  return seal.Seal(DumpJson({{"email", mail.email},
                             {"expire_time", absl::ToUnixSeconds(mail.expire_time)},
                             {"receipt_number", mail.receipt_number}}));
}

absl::StatusOr<SentMail> OpenSentMail(const SealedText& seal, std::string_view sealed) {
  ASSIGN_OR_RETURN(const std::string text, seal.Open(sealed));
  ASSIGN_OR_RETURN(const JsonObject json, JsonObject::Parse(text));
  return SentMail{.email = json.Text("email"),
                  .expire_time = absl::FromUnixSeconds(json.Number("expire_time")),
                  .receipt_number = json.Text("receipt_number")};
}

}  // namespace oshirase::gateway
