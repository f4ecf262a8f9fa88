// What a screen reader is told of a document.
#pragma once

#include <string>

namespace oshirase::registry::pdf {

// One element of the document's structure, as a screen reader meets it.
struct StructureElement {
  std::string type;              // of PDF's standard types: "H1", "P", "Figure"
  std::string alternative = {};  // what a Figure shows, in words
  std::string language = {};     // BCP 47; empty where it is the document's
};

}  // namespace oshirase::registry::pdf
