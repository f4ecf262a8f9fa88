// What cairo 1.16 cannot write into a PDF: its language, the words for its pictures, and an
// identifier that depends on the content alone.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/registry/pdf/structure.h"

namespace oshirase::registry::pdf {

// `elements` are the elements of `pdf` in the order in which they were opened.
// Returns INTERNAL when the file's structure is not theirs.
absl::StatusOr<std::string> FinishPdf(const std::string& pdf,
                                      const std::vector<StructureElement>& elements);

}  // namespace oshirase::registry::pdf
