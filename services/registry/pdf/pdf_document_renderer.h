// The sheets as PDF, drawn by cairo and Pango.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/documents.h"
#include "services/registry/pdf/typesetter.h"

namespace oshirase::registry::pdf {

// Thread-safe. Threads render side by side; each render in progress has a typesetter, of about
// 2 MiB, which is kept for the next.
class PdfDocumentRenderer : public DocumentRenderer {
 public:
  // Returns FAILED_PRECONDITION, reason FONT_MISSING, when a font of fonts.conf is not installed.
  static absl::StatusOr<std::unique_ptr<PdfDocumentRenderer>> Create();

  absl::StatusOr<std::string> Render(const Document& document) override;
  absl::StatusOr<std::string> RenderBook(const std::string& title,
                                         const std::vector<Document>& documents) override;
  std::vector<std::string> UnsupportedCharacters(const std::string& text) override;

 private:
  PdfDocumentRenderer() = default;

  std::unique_ptr<Typesetter> Borrow();
  void Return(std::unique_ptr<Typesetter> typesetter);

  absl::Mutex mutex_;
  std::vector<std::unique_ptr<Typesetter>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::registry::pdf
