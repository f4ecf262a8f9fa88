#include "common/crypto/outer_seal.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"

namespace oshirase::crypto {
namespace {

constexpr char kVersion = 1;
constexpr size_t kFingerprintSize = 4;
constexpr size_t kFingerprintAt = 1;
constexpr size_t kEphemeralAt = kFingerprintAt + kFingerprintSize;
constexpr size_t kNonceAt = kEphemeralAt + crypto_box_PUBLICKEYBYTES;
constexpr size_t kBoxAt = kNonceAt + crypto_box_NONCEBYTES;
static_assert(kOuterSealOverhead == kBoxAt + crypto_box_MACBYTES);

// Bounds what an opener keeps: a checkin process has 60 ephemeral keys in an hour.
constexpr size_t kMaxOpenerSecrets = 4096;

using KeyFingerprint = std::array<uint8_t, kFingerprintSize>;

KeyFingerprint FingerprintOf(const PublicKey& key) {
  std::array<uint8_t, 32> hash;
  crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
  KeyFingerprint fingerprint;
  std::copy_n(hash.begin(), kFingerprintSize, fingerprint.begin());
  return fingerprint;
}

int64_t MinuteOf(absl::Time time) { return absl::ToUnixSeconds(time) / 60; }

}  // namespace

// What every row to one venue-hour key in one minute shares.
struct OuterSealer::Recipient {
  std::string header;  // version, fingerprint, ephemeral public key
  SecretKey shared_secret;
};

// One minute's ephemeral pair and the secrets agreed with it. Wiped with its last user.
class OuterSealer::Epoch {
 public:
  explicit Epoch(int64_t minute) : minute_(minute) {
    EnsureSodium();
    crypto_box_keypair(public_key_.data(), private_key_.mutable_bytes().data());
  }

  int64_t minute() const { return minute_; }

  // Null when `key` is not usable.
  std::shared_ptr<const Recipient> Find(const PublicKey& key, size_t max_cached) {
    {
      absl::ReaderMutexLock lock(&mu_);
      if (const auto found = recipients_.find(key); found != recipients_.end()) {
        return found->second;
      }
    }
    auto recipient = Agree(key);  // 30 µs, outside the lock; two threads may do it for one key
    if (recipient == nullptr) return nullptr;
    absl::WriterMutexLock lock(&mu_);
    if (recipients_.size() >= max_cached) recipients_.clear();
    recipients_.insert_or_assign(key, recipient);
    return recipient;
  }

 private:
  std::shared_ptr<const Recipient> Agree(const PublicKey& key) const {
    auto recipient = std::make_shared<Recipient>();
    if (crypto_box_beforenm(recipient->shared_secret.mutable_bytes().data(), key.data(),
                            private_key_.data()) != 0) {
      return nullptr;
    }
    recipient->header = kVersion;
    recipient->header.append(AsText(FingerprintOf(key))).append(AsText(public_key_));
    return recipient;
  }

  const int64_t minute_;
  PublicKey public_key_{};
  SecretKey private_key_;
  absl::Mutex mu_;
  absl::flat_hash_map<PublicKey, std::shared_ptr<const Recipient>> recipients_ ABSL_GUARDED_BY(mu_);
};

OuterSealer::OuterSealer(Clock clock, size_t max_cached)
    : clock_(std::move(clock)), max_cached_(max_cached) {}

OuterSealer::~OuterSealer() = default;

absl::StatusOr<std::string> OuterSealer::Seal(const PublicKey& key, std::string_view blob) {
  const auto recipient = CurrentEpoch()->Find(key, max_cached_);
  if (recipient == nullptr) return InvalidPublicKey();

  std::string row = recipient->header;
  row.resize(kOuterSealOverhead + blob.size());
  uint8_t* nonce = AsBytes(row) + kNonceAt;
  randombytes_buf(nonce, crypto_box_NONCEBYTES);
  crypto_box_easy_afternm(AsBytes(row) + kBoxAt, AsBytes(blob), blob.size(), nonce,
                          recipient->shared_secret.data());
  return row;
}

std::shared_ptr<OuterSealer::Epoch> OuterSealer::CurrentEpoch() {
  const int64_t minute = MinuteOf(clock_());
  absl::MutexLock lock(&mu_);
  if (epoch_ == nullptr || epoch_->minute() != minute) epoch_ = std::make_shared<Epoch>(minute);
  return epoch_;
}

void OuterSealer::WipeExpired() {
  const int64_t minute = MinuteOf(clock_());
  absl::MutexLock lock(&mu_);
  if (epoch_ != nullptr && epoch_->minute() != minute) epoch_.reset();
}

OuterOpener::OuterOpener(OuterKeyPair key_pair) : key_pair_(std::move(key_pair)) { EnsureSodium(); }

absl::StatusOr<std::string> OuterOpener::Open(std::string_view row) {
  if (row.size() < kOuterSealOverhead || row[0] != kVersion) return SealMalformed();
  const auto fingerprint = FingerprintOf(key_pair_.public_key);
  if (row.substr(kFingerprintAt, kFingerprintSize) != AsText(fingerprint)) {
    return SealedForAnotherKey();
  }
  const SecretKey* secret = FindSecret(row.substr(kEphemeralAt, crypto_box_PUBLICKEYBYTES));
  if (secret == nullptr) return SealDoesNotOpen();

  const std::string_view box = row.substr(kBoxAt);
  std::string blob(box.size() - crypto_box_MACBYTES, '\0');
  if (crypto_box_open_easy_afternm(AsBytes(blob), AsBytes(box), box.size(), AsBytes(row) + kNonceAt,
                                   secret->data()) != 0) {
    return SealDoesNotOpen();
  }
  return blob;
}

const SecretKey* OuterOpener::FindSecret(std::string_view ephemeral_key) {
  PublicKey key;
  std::copy(ephemeral_key.begin(), ephemeral_key.end(), key.begin());
  if (const auto found = shared_secrets_.find(key); found != shared_secrets_.end()) {
    return &found->second;
  }
  SecretKey secret;
  if (crypto_box_beforenm(secret.mutable_bytes().data(), key.data(),
                          key_pair_.private_key.data()) != 0) {
    return nullptr;
  }
  if (shared_secrets_.size() >= kMaxOpenerSecrets) shared_secrets_.clear();
  return &shared_secrets_.emplace(key, std::move(secret)).first->second;
}

absl::StatusOr<std::string> OpenOuter(const OuterKeyPair& key_pair, std::string_view row) {
  return OuterOpener({key_pair.public_key, key_pair.private_key.Clone()}).Open(row);
}

}  // namespace oshirase::crypto
