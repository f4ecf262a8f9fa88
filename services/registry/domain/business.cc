#include "services/registry/domain/business.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/crypto/officer_signature.h"

namespace oshirase::registry {

std::string EmailKey(const std::string& email) { return absl::AsciiStrToLower(email); }

std::string ActorOf(const BusinessId& id) { return absl::StrCat("business/", id.value); }

std::string HistoryActorOf(const std::string& actor) {
  if (absl::StartsWith(actor, "business/")) return "business";
  if (absl::StartsWith(actor, "api-key/")) return "business-api";
  return actor;
}

std::string ReceiptNumberOf(const std::string& request_id) {
  const crypto::Digest digest = crypto::Sha256(request_id);
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof(number); ++i) number = number << 8U | digest.at(i);
  return absl::StrFormat("%04d-%04d", number / 10'000 % 10'000, number % 10'000);
}

}  // namespace oshirase::registry
