#include "common/crypto/inner_seal.h"

#include "common/crypto/aead.h"
#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"

namespace oshirase::crypto {
namespace {

constexpr size_t kUserIdSize = 16;
constexpr size_t kScanTimeAt = kUserIdSize;
constexpr size_t kEndTimeAt = kScanTimeAt + 8;
constexpr size_t kFlagsAt = kEndTimeAt + 8;
constexpr size_t kPlainSize = kFlagsAt + 1;
static_assert(kInnerSealSize == kAeadOverhead + kPlainSize);

std::string AdditionalData(const InnerContext& context) {
  std::string data(1, kAeadVersion);
  AppendInt32(data, context.day.value);
  data.append(AsText(context.venue_id));
  return data;
}

}  // namespace

std::string SealInner(const SecretKey& day_key, const InnerContext& context,
                      const InnerVisit& visit) {
  std::string plain;
  plain.reserve(kPlainSize);
  plain.append(AsText(visit.user_id.bytes));
  AppendInt64(plain, absl::ToUnixMillis(visit.scan_time));
  AppendInt64(plain, visit.end_time.has_value() ? absl::ToUnixMillis(*visit.end_time) : 0);
  plain += static_cast<char>(visit.flags);
  std::string sealed = AeadSeal(day_key, AdditionalData(context), plain);
  WipeString(plain);
  return sealed;
}

absl::StatusOr<InnerVisit> OpenInner(const SecretKey& day_key, const InnerContext& context,
                                     std::string_view blob) {
  if (blob.size() != kInnerSealSize || !IsAeadSeal(blob)) return SealMalformed();
  SecretBytes<kPlainSize> opened;
  uint8_t* plain = opened.mutable_bytes().data();
  if (!AeadOpen(day_key, AdditionalData(context), blob, plain)) return SealDoesNotOpen();

  InnerVisit visit;
  std::copy(plain, plain + kUserIdSize, visit.user_id.bytes.begin());
  visit.scan_time = absl::FromUnixMillis(ReadInt64(plain + kScanTimeAt));
  const int64_t end_ms = ReadInt64(plain + kEndTimeAt);
  if (end_ms != 0) visit.end_time = absl::FromUnixMillis(end_ms);
  visit.flags = plain[kFlagsAt];
  return visit;
}

}  // namespace oshirase::crypto
