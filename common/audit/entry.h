// One link of an audit chain, and the exact bytes that are hashed and signed, so that a verifier
// in another language can be written from this file alone.
//
//   hash(n) = SHA-256("oshirase audit 1" ‖ hash(n-1) ‖ seq ‖ time ‖ chain ‖ actor ‖ action ‖
//                     subject ‖ detail)
//     hash(0)   32 zero bytes
//     seq       int64 big endian; 1 is the first, without gaps
//     time      Unix microseconds, int64 big endian
//     the five texts: length in bytes, uint32 big endian ‖ UTF-8 bytes
//     chain     the name of the service whose chain it is
//     detail    a JSON object exactly as stored; it is never parsed and written again
//
//   head message = "oshirase audit head 1" ‖ chain (length and bytes as above) ‖ seq ‖ hash(seq) ‖
//                  time of signing, Unix microseconds, int64 big endian
//     signed with Ed25519 by the service's audit key. seq 0 stands for an empty chain.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/crypto/signing_key.h"

namespace oshirase::audit {

using ChainHash = std::array<uint8_t, 32>;

// A link as stored.
struct ChainEntry {
  int64_t seq = 0;
  absl::Time time;  // whole microseconds
  std::string actor;
  std::string action;
  std::string subject;
  std::string detail_json;
  ChainHash previous_hash{};
  ChainHash hash{};
};

// A signed statement of how far a chain reached at a time.
struct SignedHead {
  int64_t seq = 0;
  ChainHash hash{};
  absl::Time signed_at;  // whole microseconds
  crypto::VerifyKey verify_key{};
  std::string signature;
};

// The hash that `entry` must have in `chain`; reads every field but `hash`.
ChainHash HashOf(std::string_view chain, const ChainEntry& entry);

// The bytes that a head's signature covers.
std::string HeadMessage(std::string_view chain, const SignedHead& head);

// Checks a chain link by link and its heads against it. Feed it everything in order of seq; knows
// no database, so it can be tried with any tampering. Not thread-safe.
class ChainChecker {
 public:
  explicit ChainChecker(std::string chain) : chain_(std::move(chain)) {}

  // Returns DATA_LOSS, reason AUDIT_CHAIN_BROKEN, naming the seq, when `entry` is not the next
  // link.
  absl::Status Next(const ChainEntry& entry);

  // Checks a head whose seq is the last entry's fed. Returns DATA_LOSS, reason AUDIT_HEAD_FORGED,
  // when it names another hash or its signature is not its key's.
  absl::Status CheckHead(const SignedHead& head) const;

  int64_t seq() const { return seq_; }
  const ChainHash& hash() const { return hash_; }

 private:
  const std::string chain_;
  int64_t seq_ = 0;
  ChainHash hash_{};
};

}  // namespace oshirase::audit
