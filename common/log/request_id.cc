#include "common/log/request_id.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/escaping.h"

namespace oshirase {
namespace {

constexpr size_t kUuidBytes = 16;
constexpr size_t kUuidSize = 36;

bool IsHyphenPlace(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

}  // namespace

std::string NewUuid() {
  std::string bytes(kUuidBytes, '\0');
  // Up to 256 bytes come whole once the kernel's pool is ready, which it is long before we run.
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // Version 4,
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);  // in the form of RFC 9562.
  const std::string hex = absl::BytesToHexString(bytes);
  std::string uuid;
  for (const char digit : hex) {
    if (IsHyphenPlace(uuid.size())) uuid += '-';
    uuid += digit;
  }
  return uuid;
}

bool IsUuid(absl::string_view text) {
  if (text.size() != kUuidSize) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (IsHyphenPlace(i) ? c != '-' : !digit) return false;
  }
  return true;
}

RequestId NewRequestId(RequestId::Kind kind) { return {kind, NewUuid()}; }

const char* LogKey(RequestId::Kind kind) {
  return kind == RequestId::Kind::kCase ? "case_request_id" : "request_id";
}

const char* MetadataKey(RequestId::Kind kind) {
  return kind == RequestId::Kind::kCase ? "x-case-request-id" : "x-request-id";
}

}  // namespace oshirase
