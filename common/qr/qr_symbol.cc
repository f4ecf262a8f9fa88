#include "common/qr/qr_symbol.h"

#include <qrencode.h>

#include <memory>

#include "common/status/errors.h"

namespace oshirase::qr {
namespace {

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

absl::StatusOr<Symbol> Encode(const std::string& text, Recovery recovery) {
  const QRecLevel levels[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q};
  const std::unique_ptr<QRcode, FreeCode> encoded(
      QRcode_encodeString8bit(text.c_str(), 0, levels[static_cast<int>(recovery)]));
  if (encoded == nullptr) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "QR_TEXT_UNFIT",
                         "the text does not fit a QR symbol");
  }
  Symbol symbol{.size = encoded->width};
  const int modules = symbol.size * symbol.size;
  symbol.dark.reserve(static_cast<size_t>(modules));
  for (int i = 0; i < modules; ++i) symbol.dark.push_back((encoded->data[i] & 1) != 0);
  return symbol;
}

}  // namespace oshirase::qr
