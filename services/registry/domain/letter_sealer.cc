#include "services/registry/domain/letter_sealer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/crypto/secret_box.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/registry/domain/mail_errors.h"

namespace oshirase::registry {
namespace {

using nlohmann::json;

// The kind is outside the seal, so it is bound in: a link cannot pass for something harmless.
std::string AdditionalData(const OutboxMail& mail) {
  return absl::StrCat("oshirase mail 1/", mail.mail_id, "/", NameOf(mail.kind));
}

std::string ToJson(const Letter& letter) {
  json documents = json::array();
  for (const DocumentRef& ref : letter.documents) {
    documents.push_back(
        {{"document", ref.document}, {"number", ref.certificate_number}, {"version", ref.version}});
  }
  return json{{"to", letter.to}, {"values", letter.values}, {"documents", documents}}.dump();
}

bool Read(const json& object, const char* name, std::string& value) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return false;
  value = found->get<std::string>();
  return true;
}

bool Read(const json& object, DocumentRef& ref) {
  const auto version = object.find("version");
  if (version == object.end() || !version->is_number_integer()) return false;
  ref.version = version->get<int>();
  return Read(object, "document", ref.document) && Read(object, "number", ref.certificate_number);
}

// Not by conversions that throw: their exceptions quote the letter.
absl::StatusOr<Letter> FromJson(const std::string& text) {
  const auto parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
  Letter letter;
  if (!parsed.is_object() || !Read(parsed, "to", letter.to)) return LetterUnreadable();
  const json values = parsed.value("values", json());
  const json documents = parsed.value("documents", json());
  if (!values.is_object() || !documents.is_array()) return LetterUnreadable();
  for (const auto& [name, value] : values.items()) {
    if (!value.is_string()) return LetterUnreadable();
    letter.values[name] = value.get<std::string>();
  }
  for (const json& each : documents) {
    if (!each.is_object() || !Read(each, letter.documents.emplace_back()))
      return LetterUnreadable();
  }
  return letter;
}

}  // namespace

LetterSealer::LetterSealer(keyring::DayKeys& keys, Clock clock)
    : keys_(keys), clock_(std::move(clock)) {}

absl::StatusOr<OutboxMail> LetterSealer::Seal(const Letter& letter) const {
  RETURN_IF_ERROR(CheckLetter(letter));
  const absl::Time now = clock_();
  const Day today = DayOf(now);
  auto key = keys_.Get(today);
  if (ReasonOf(key.status()) == keyring::kKeyNotMade) {
    // Midnight has passed and the timer has not.
    RETURN_IF_ERROR(keys_.EnsureDays(today, today));
    key = keys_.Get(today);
  }
  RETURN_IF_ERROR(key.status());
  OutboxMail mail{.mail_id = ids::NewUuid(),
                  .kind = letter.kind,
                  .create_time = now,
                  .expire_time = std::min(now + kMailLifetime, letter.useless_from)};
  std::string plain = ToJson(letter);
  mail.sealed_letter = crypto::SealWithKey(**key, AdditionalData(mail), plain);
  crypto::WipeString(plain);
  return mail;
}

absl::StatusOr<Letter> LetterSealer::Open(const OutboxMail& mail) const {
  ASSIGN_OR_RETURN(const auto key, keys_.Get(DayOf(mail.create_time)));
  ASSIGN_OR_RETURN(std::string plain,
                   crypto::OpenWithKey(*key, AdditionalData(mail), mail.sealed_letter));
  auto letter = FromJson(plain);
  crypto::WipeString(plain);
  RETURN_IF_ERROR(letter.status());
  letter->kind = mail.kind;
  letter->useless_from = mail.expire_time;
  return letter;
}

}  // namespace oshirase::registry
