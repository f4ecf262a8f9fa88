// Owners of what cairo, Pango and fontconfig hand out.
#pragma once

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <memory>

namespace oshirase::registry::pdf {

template <auto Release>
struct Releaser {
  template <typename T>
  void operator()(T* object) const {
    Release(object);
  }
};

using SurfaceHandle = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using ContextHandle = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using FontConfigHandle = std::unique_ptr<FcConfig, Releaser<FcConfigDestroy>>;
using AttributesHandle = std::unique_ptr<PangoAttrList, Releaser<pango_attr_list_unref>>;
using FontDescriptionHandle =
    std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;
using IteratorHandle = std::unique_ptr<PangoLayoutIter, Releaser<pango_layout_iter_free>>;

// For everything that GObject counts the references of.
template <typename T>
using ObjectHandle = std::unique_ptr<T, Releaser<g_object_unref>>;

}  // namespace oshirase::registry::pdf
