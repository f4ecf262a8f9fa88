#include "services/gateway/forms/register_draft.h"

#include "common/status/macros.h"
#include "services/gateway/forms/derived_id.h"
#include "services/gateway/forms/form_json.h"

namespace oshirase::gateway {
namespace {

std::string Dump(const RegisterDraft& draft) {
  nlohmann::json json = FormJson(draft.form);
  json["flow_id"] = draft.flow_id;
  return DumpJson(json);
}

}  // namespace

std::string SealDraft(const SealedText& seal, const RegisterDraft& draft) {
  return seal.Seal(Dump(draft));
}

absl::StatusOr<RegisterDraft> OpenDraft(const SealedText& seal, std::string_view sealed) {
  ASSIGN_OR_RETURN(const std::string text, seal.Open(sealed));
  ASSIGN_OR_RETURN(const JsonObject json, JsonObject::Parse(text));
  return RegisterDraft{.flow_id = json.Text("flow_id"), .form = FormOf(json)};
}

std::string RequestIdOf(const crypto::SecretKey& form_key, const RegisterDraft& draft) {
  // The flow's random id is inside, so that equal answers of two businesses differ.
  return IdOf(form_key, "oshirase registration 1", Dump(draft));
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
