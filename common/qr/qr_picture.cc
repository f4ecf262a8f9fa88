#include "common/qr/qr_picture.h"

#include <cairo.h>

#include <memory>

#include "absl/strings/str_cat.h"

namespace oshirase::qr {
namespace {

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeContext {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_status_t Append(void* to, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string Png(const Symbol& symbol, int pixels) {
  const int side = (symbol.size + 2 * kQuietZone) * pixels;
  const std::unique_ptr<cairo_surface_t, FreeSurface> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side));
  const std::unique_ptr<cairo_t, FreeContext> context(cairo_create(surface.get()));
  cairo_set_antialias(context.get(), CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_set_source_rgb(context.get(), 0, 0, 0);
  for (int y = 0; y < symbol.size; ++y) {
    for (int x = 0; x < symbol.size; ++x) {
      if (!symbol.At(x, y)) continue;
      cairo_rectangle(context.get(), (x + kQuietZone) * pixels, (y + kQuietZone) * pixels, pixels,
                      pixels);
    }
  }
  cairo_fill(context.get());
  std::string png;
  cairo_surface_write_to_png_stream(surface.get(), &Append, &png);
  return png;
}

std::string Svg(const Symbol& symbol) {
  const int side = symbol.size + 2 * kQuietZone;
  std::string path;
  for (int y = 0; y < symbol.size; ++y) {
    for (int x = 0; x < symbol.size; ++x) {
      if (!symbol.At(x, y)) continue;
      // One rectangle a run: neighbours drawn apart show hairlines in print.
      int end = x + 1;
      while (end < symbol.size && symbol.At(end, y)) ++end;
      absl::StrAppend(&path, "M", x + kQuietZone, " ", y + kQuietZone, "h", end - x, "v1h-",
                      end - x, "z");
      x = end;
    }
  }
  return absl::StrCat(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )", side, " ", side,
                      R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)", side, "v",
                      side, "H0z\"/><path d=\"", path, "\"/></svg>\n");
}

}  // namespace oshirase::qr
