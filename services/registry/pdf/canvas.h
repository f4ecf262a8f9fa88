// The pages of one PDF: tagged for screen readers, the same bytes for the same drawing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/japan_time.h"
#include "services/registry/pdf/handles.h"
#include "services/registry/pdf/structure.h"
#include "services/registry/pdf/text_block.h"
#include "services/registry/pdf/typesetter.h"

namespace oshirase::registry::pdf {

constexpr double Millimetres(double mm) { return mm * 72 / 25.4; }

inline constexpr double kPageWidth = Millimetres(210);
inline constexpr double kPageHeight = Millimetres(297);

class Canvas {
 public:
  struct Properties {
    std::string title;
    Day made_on;
  };

  // `typesetter` must outlive the canvas. One page is begun.
  Canvas(const Properties& properties, Typesetter& typesetter);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  cairo_t* context() { return context_.get(); }
  Typesetter& type() { return typesetter_; }

  // Ends the page and begins the next.
  void NextPage();

  // While it lives, what is drawn belongs to an element. Elements nest.
  class [[nodiscard]] Element {
   public:
    ~Element() {
      if (context_ != nullptr) cairo_tag_end(context_, type_.c_str());
    }
    Element(Element&& other) noexcept
        : context_(std::exchange(other.context_, nullptr)), type_(std::move(other.type_)) {}
    Element& operator=(Element&&) = delete;

   private:
    friend class Canvas;
    Element(cairo_t* context, std::string type) : context_(context), type_(std::move(type)) {}

    cairo_t* context_;
    std::string type_;
  };
  Element Open(const StructureElement& element);

  // Draws `block` as an element of its own.
  void Draw(const TextBlock& block, const StructureElement& element, double x, double y);

  // The file. Returns INTERNAL when a glyph was missing or cairo failed, so that no sheet with a
  // hole in it is ever handed out.
  absl::StatusOr<std::string> Finish();

 private:
  Typesetter& typesetter_;
  Properties properties_;
  std::string bytes_;
  SurfaceHandle surface_;
  ContextHandle context_;
  std::vector<StructureElement> elements_;
};

}  // namespace oshirase::registry::pdf
