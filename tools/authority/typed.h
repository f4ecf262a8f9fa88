// What an officer types, held against its limits before anything is sent. Every function returns
// the value as the registry takes it, or WRONG_USE in the officer's words.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "oshirase/registry/v1/desk_service.pb.h"
#include "tools/authority/options.h"

namespace oshirase::authority {

// One text and how it is called.
struct TypedText {
  std::string label;  // "理由"
  std::string text;
  size_t max_characters;  // As a reader counts them.
};

// One line of 1 to `max_characters`, trimmed; without control characters.
absl::StatusOr<std::string> TypedLine(const TypedText& typed);

// The same, with line breaks inside, which come out as "\n".
absl::StatusOr<std::string> TypedLetter(const TypedText& typed);

// A reason for what is done to one entry, 1 to 200 characters.
absl::StatusOr<std::string> TypedReason(const std::string& text);

// A venue id, a venue code or a certificate number, in canonical form.
absl::StatusOr<std::string> TypedEntryKey(const std::string& text);

// The number of a certificate or a letter, in canonical form.
absl::StatusOr<std::string> TypedNumber(const std::string& label, const std::string& text);

// A UUID.
absl::StatusOr<std::string> TypedUuid(const std::string& label, const std::string& text);

// What can be told of an e-mail address without its server: one line, something@something.
absl::StatusOr<std::string> TypedEmail(const std::string& text);

// A kind of the catalogue.
absl::StatusOr<std::string> TypedKind(const std::string& text);

// The document by its name: certificate, poster, table-tent or stickers.
absl::StatusOr<registry::v1::Document> TypedDocument(const std::string& text);

// A filter with every problem reported. Days are Japan's, the last one included.
absl::StatusOr<registry::v1::RegisterFilter> TypedFilter(const FilterOptions& options);

}  // namespace oshirase::authority
