// A DocumentPrinter whose documents are lines of text that tell what was to be drawn.
#pragma once

#include <string>
#include <vector>

#include "services/registry/domain/document_printer.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeDocumentPrinter final : public DocumentPrinter {
 public:
  // The next call returns `status`. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  // While held, drawing waits.
  void Hold();
  void LetGo();

  absl::StatusOr<std::string> Print(DocumentKind kind, const OwnVenue& venue) override;
  absl::StatusOr<std::string> PrintBook(DocumentKind kind,
                                        const std::vector<OwnVenue>& venues) override;

 private:
  FailureQueue failures_;
  absl::Mutex mu_;
  bool held_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace oshirase::registry
