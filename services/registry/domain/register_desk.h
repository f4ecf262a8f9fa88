// What the register desk looks at: entries, counts, exports, documents. Every look is audited
// before anything is shown.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/registry/domain/audit_store.h"
#include "services/registry/domain/document_printer.h"
#include "services/registry/domain/register_store.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

// Which entries somebody wants to see. The text holds words, a venue code or a certificate number.
struct RegisterRequest {
  std::string text;
  RegisterFilter filter;  // without words and venue
  std::string actor;
};

struct RegisterPage {
  std::vector<RegisterEntry> entries;
  std::string next_page_token;  // empty on the last page
};

// What it works on. All must outlive it.
struct RegisterDeskParts {
  RegisterStore& entries;
  VenueStore& venues;
  OwnVenueStore& own_venues;
  DocumentPrinter& printer;
  AuditStore& audit;
};

// Thread-safe. `actor` is as in AuditNote. Every method returns UNAVAILABLE when the database
// cannot be reached.
class RegisterDesk {
 public:
  explicit RegisterDesk(RegisterDeskParts parts) : parts_(parts) {}

  // Newest first. A text that is the number or code of a venue finds that venue; every other is
  // taken for words, all of which must be contained in name, kana, address, telephone and e-mail.
  // Returns SEARCH_TEXT_EMPTY, PAGE_TOKEN_INVALID.
  absl::StatusOr<RegisterPage> Search(const RegisterRequest& request, int page_size,
                                      const std::string& page_token);

  // The entry with this id, code (also a replaced one) or certificate number.
  // Returns VENUE_NOT_FOUND.
  absl::StatusOr<EntryFile> Get(const std::string& key, const std::string& actor);

  absl::StatusOr<RegisterCounts> Count(const std::string& actor);

  // Hands all entries to `take`, oldest first, as of one moment; a failure of `take` ends it and is
  // returned. The audit log is told how many there are before the first one is handed over.
  // Returns SEARCH_TEXT_EMPTY; RESOURCE_EXHAUSTED when as many exports run as may.
  absl::Status Export(const RegisterRequest& request,
                      absl::FunctionRef<absl::Status(std::vector<RegisterEntry>)> take);

  // One document of any venue. Returns VENUE_NOT_FOUND and what DocumentPrinter::Print() does.
  absl::StatusOr<std::string> Draw(DocumentKind kind, const VenueId& id, const std::string& actor);

 private:
  // The venue of a code or certificate number; nothing for any other text.
  absl::StatusOr<std::optional<VenueId>> FindByNumber(const std::string& text);
  absl::StatusOr<RegisterFilter> FilterOf(const RegisterRequest& request);

  const RegisterDeskParts parts_;
};

}  // namespace oshirase::registry
