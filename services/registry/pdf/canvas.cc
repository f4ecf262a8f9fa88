#include "services/registry/pdf/canvas.h"

#include <cairo-pdf.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/registry/pdf/pdf_finish.h"

namespace oshirase::registry::pdf {
namespace {

cairo_status_t Append(void* to, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Canvas::Canvas(const Properties& properties, Typesetter& typesetter)
    : typesetter_(typesetter),
      properties_(properties),
      surface_(cairo_pdf_surface_create_for_stream(&Append, &bytes_, kPageWidth, kPageHeight)),
      context_(cairo_create(surface_.get())) {
  const std::string made_on = FormatDay(properties.made_on) + "T00:00:00+09:00";
  for (const auto date : {CAIRO_PDF_METADATA_CREATE_DATE, CAIRO_PDF_METADATA_MOD_DATE}) {
    cairo_pdf_surface_set_metadata(surface_.get(), date, made_on.c_str());
  }
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                 properties.title.c_str());
  typesetter_.TakeMissingGlyph();
}

Canvas::~Canvas() {
  // cairo writes its last bytes when a surface ends, into a string that must still be there.
  context_.reset();
  cairo_surface_finish(surface_.get());
}

void Canvas::NextPage() { cairo_show_page(context_.get()); }

Canvas::Element Canvas::Open(const StructureElement& element) {
  elements_.push_back(element);
  cairo_tag_begin(context_.get(), element.type.c_str(), nullptr);
  return {context_.get(), element.type};
}

void Canvas::Draw(const TextBlock& block, const StructureElement& element, double x, double y) {
  const auto open = Open(element);
  block.Draw(context_.get(), x, y);
}

absl::StatusOr<std::string> Canvas::Finish() {
  cairo_show_page(context_.get());
  cairo_surface_finish(surface_.get());
  for (const auto status : {cairo_status(context_.get()), cairo_surface_status(surface_.get())}) {
    if (status != CAIRO_STATUS_SUCCESS) {
      return absl::InternalError(absl::StrCat("cairo: ", cairo_status_to_string(status)));
    }
  }
  if (typesetter_.TakeMissingGlyph()) return absl::InternalError("a glyph is missing");
  return FinishPdf(bytes_, elements_);
}

}  // namespace oshirase::registry::pdf
