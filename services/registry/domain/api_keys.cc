#include "services/registry/domain/api_keys.h"

#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

// A token is the time and the id of the last key shown.
std::string TokenOf(const ApiKeyRecord& key) {
  return absl::StrCat(absl::ToUnixMicros(key.create_time), ".", key.id);
}

absl::StatusOr<std::optional<ApiKeyCursor>> CursorOf(const std::string& token) {
  if (token.empty()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  int64_t micros = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &micros) || !ids::ParseUuid(parts[1]).ok())
    return PageTokenInvalid();
  return ApiKeyCursor{.create_time = absl::FromUnixMicros(micros), .id = parts[1]};
}

}  // namespace

absl::StatusOr<IssuedApiKey> ApiKeys::Issue(ApiKeyRequest request, FieldViolations& violations) {
  violations = CheckEmail("email", request.email);
  const auto of_label = CheckText("label", request.label, kMaxLabelCharacters);
  violations.insert(violations.end(), of_label.begin(), of_label.end());
  if (!violations.empty()) return ApiKeyInvalid();

  Token secret = NewApiKey();
  NewApiKeyRecord key{.request_id = request.request_id,
                      .record = {.id = ids::NewUuid(),
                                 .email = request.email,
                                 .label = request.label,
                                 .create_time = clock_(),
                                 .revoke_time = std::nullopt},
                      .secret_hash = secret.hash,
                      .note = {.actor = request.actor, .action = "api-key.issued"}};
  key.note.subject = key.record.id;
  ASSIGN_OR_RETURN(auto stored, store_.Insert(key));
  IssuedApiKey issued{.record = std::move(stored.record), .secret = ""};
  if (!stored.repeated) issued.secret = std::move(secret.text);
  return issued;
}

absl::StatusOr<ApiKeyPage> ApiKeys::List(int page_size, const std::string& page_token,
                                         const std::string& actor) {
  ASSIGN_OR_RETURN(const auto after, CursorOf(page_token));
  ASSIGN_OR_RETURN(
      auto list,
      store_.List(after, page_size,
                  {.actor = actor, .action = "api-keys.listed", .subject = "", .facts = {}}));
  ApiKeyPage page{.keys = std::move(list.keys), .next_page_token = ""};
  if (list.more) page.next_page_token = TokenOf(page.keys.back());
  return page;
}

absl::StatusOr<ApiKeyRecord> ApiKeys::Revoke(const std::string& api_key_id,
                                             const std::string& actor) {
  ASSIGN_OR_RETURN(
      auto key,
      store_.Revoke(
          api_key_id, clock_(),
          {.actor = actor, .action = "api-key.revoked", .subject = api_key_id, .facts = {}}));
  if (!key.has_value()) return ApiKeyNotFound();
  return *std::move(key);
}

}  // namespace oshirase::registry
