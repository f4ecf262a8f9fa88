#include "services/registry/domain/statement.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxCaseRef = 40;
constexpr size_t kMaxTemplateName = 40;
constexpr size_t kMaxLanguages = 20;
constexpr size_t kMaxLanguageTag = 35;
constexpr size_t kDigestSize = 32;

bool IsPrintableAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isprint(c); });
}

absl::Status CheckExposure(const Exposure& exposure) {
  if (!ids::ParseUuid(exposure.venue_id.value).ok())
    return StatementInvalid("an exposure's venue_id is no UUID");
  if (exposure.to <= exposure.from)
    return StatementInvalid("an exposure's window does not end after its start");
  if (exposure.stay < kMinStay) return StatementInvalid("a stay is shorter than a minute");
  if (exposure.linger < absl::ZeroDuration()) return StatementInvalid("a linger is negative");
  return absl::OkStatus();
}

absl::Status CheckDigests(const std::vector<MessageDigest>& digests) {
  if (digests.empty() || digests.size() > kMaxLanguages)
    return StatementInvalid("there must be 1 to 20 message digests");
  std::set<std::string> languages;
  for (const auto& digest : digests) {
    if (digest.language.empty() || digest.language.size() > kMaxLanguageTag ||
        !IsPrintableAscii(digest.language)) {
      return StatementInvalid("a message digest's language is no language tag");
    }
    if (!languages.insert(digest.language).second)
      return StatementInvalid("a language has two message digests");
    if (digest.sha256.size() != kDigestSize)
      return StatementInvalid("a message digest is not 32 bytes");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckShape(const Statement& statement) {
  if (!ids::ParseUuid(statement.request_id).ok()) return StatementInvalid("request_id is no UUID");
  // ASCII, so that no patient's name slips into a reference.
  if (statement.case_ref.empty() || statement.case_ref.size() > kMaxCaseRef ||
      !IsPrintableAscii(statement.case_ref)) {
    return StatementInvalid("case_ref is not 1 to 40 printable ASCII characters");
  }
  const auto number = ids::ParsePublicNumber(statement.notice_number);
  if (!number.ok() || number->value != statement.notice_number)
    return StatementInvalid("notice_number is no notice number");
  if (statement.template_name.empty() || statement.template_name.size() > kMaxTemplateName)
    return StatementInvalid("template is not 1 to 40 bytes");
  if (statement.template_version < 1) return StatementInvalid("template_version is not positive");
  if (!statement.corrects_case_id.empty() && !ids::ParseUuid(statement.corrects_case_id).ok())
    return StatementInvalid("corrects_case_id is no UUID");
  if (statement.exposures.empty() || statement.exposures.size() > kMaxExposures)
    return StatementInvalid("there must be 1 to 100 exposures");
  for (const auto& exposure : statement.exposures) RETURN_IF_ERROR(CheckExposure(exposure));
  return CheckDigests(statement.message_digests);
}

}  // namespace oshirase::registry
