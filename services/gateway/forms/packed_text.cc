#include "services/gateway/forms/packed_text.h"

#include <zlib.h>

namespace oshirase::gateway {

std::string Pack(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  // Only memory could be short, and then nothing else would work either.
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                reinterpret_cast<const Bytef*>(text.data()), text.size(),
                Z_BEST_COMPRESSION) != Z_OK) {
    return "";
  }
  packed.resize(size);
  return packed;
}

absl::StatusOr<std::string> Unpack(const std::string& packed, size_t max_bytes) {
  std::string text(max_bytes, '\0');
  uLongf size = text.size();
  if (uncompress(reinterpret_cast<Bytef*>(text.data()), &size,
                 reinterpret_cast<const Bytef*>(packed.data()), packed.size()) != Z_OK) {
    return absl::InvalidArgumentError("the packed text cannot be read");
  }
  text.resize(size);
  return text;
}

}  // namespace oshirase::gateway
