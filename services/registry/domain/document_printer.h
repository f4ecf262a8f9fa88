// Draws what a venue posts: the port behind every document a business gets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/registry/domain/own_venue_store.h"

namespace oshirase::registry {

enum class DocumentKind { kCertificate, kPoster, kTableTent, kStickers };

// "certificate", "poster", "table-tent" or "stickers": in file names and mails.
const char* NameOf(DocumentKind kind);

// Thread-safe. A document depends on its arguments alone: the same ones are the same bytes.
class DocumentPrinter {
 public:
  virtual ~DocumentPrinter() = default;

  // How many venues PrintBook() takes.
  static constexpr size_t kMaxBook = 500;

  // The PDF of one venue: of its certificate as it was issued, of the others as the venue is now.
  // Returns NO_CERTIFICATE for a certificate of a venue without one, INVALID_ARGUMENT when a text
  // cannot be drawn.
  virtual absl::StatusOr<std::string> Print(DocumentKind kind, const OwnVenue& venue) = 0;

  // One PDF of up to kMaxBook venues, in their order; far smaller than theirs apart.
  virtual absl::StatusOr<std::string> PrintBook(DocumentKind kind,
                                                const std::vector<OwnVenue>& venues) = 0;
};

}  // namespace oshirase::registry
