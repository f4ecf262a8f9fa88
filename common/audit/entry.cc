#include "common/audit/entry.h"

#include <sodium.h>

#include "common/audit/errors.h"
#include "common/crypto/big_endian.h"
#include "common/crypto/officer_signature.h"

namespace oshirase::audit {
namespace {

using crypto::AppendInt32;
using crypto::AppendInt64;
using crypto::AsText;

void AppendText(std::string& bytes, std::string_view text) {
  AppendInt32(bytes, static_cast<int32_t>(text.size()));
  bytes.append(text);
}

}  // namespace

ChainHash HashOf(std::string_view chain, const ChainEntry& entry) {
  std::string bytes = "oshirase audit 1";
  bytes.append(AsText(entry.previous_hash));
  AppendInt64(bytes, entry.seq);
  AppendInt64(bytes, absl::ToUnixMicros(entry.time));
  for (const std::string_view text :
       {chain, std::string_view(entry.actor), std::string_view(entry.action),
        std::string_view(entry.subject), std::string_view(entry.detail_json)}) {
    AppendText(bytes, text);
  }
  return crypto::Sha256(bytes);
}

std::string HeadMessage(std::string_view chain, const SignedHead& head) {
  std::string bytes = "oshirase audit head 1";
  AppendText(bytes, chain);
  AppendInt64(bytes, head.seq);
  bytes.append(AsText(head.hash));
  AppendInt64(bytes, absl::ToUnixMicros(head.signed_at));
  return bytes;
}

absl::Status ChainChecker::Next(const ChainEntry& entry) {
  const bool follows = entry.seq == seq_ + 1 && entry.previous_hash == hash_;
  if (!follows || HashOf(chain_, entry) != entry.hash) return AuditChainBroken(seq_ + 1);
  seq_ = entry.seq;
  hash_ = entry.hash;
  return absl::OkStatus();
}

absl::Status ChainChecker::CheckHead(const SignedHead& head) const {
  const bool agrees = head.seq == seq_ && head.hash == hash_;
  if (!agrees || !crypto::Verify(head.verify_key, HeadMessage(chain_, head), head.signature)) {
    return AuditHeadForged(head.seq);
  }
  return absl::OkStatus();
}

}  // namespace oshirase::audit
