// What the register desk does, one function each, for whoever shows it: the command line or the
// console. Every look and change is audited by the registry under the session's officer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/authority/session.h"

namespace oshirase::authority {

// The entries a filter leaves, newest first as the registry gives them.
struct FoundEntries {
  std::vector<registry::v1::RegisterEntry> entries;
  bool more = false;  // There are others beyond the limit.
};

// Up to `limit` entries; all of them without one.
absl::StatusOr<FoundEntries> FindEntries(Session& session,
                                         const registry::v1::RegisterFilter& filter,
                                         std::optional<size_t> limit);

// One page as the registry gives it, at most 50 entries; `page_token` is of the page before, or "".
absl::StatusOr<registry::v1::SearchRegisterResponse> ReadRegisterPage(
    Session& session, const registry::v1::RegisterFilter& filter, const std::string& page_token);

// One entry whole. `key` is what TypedEntryKey() returned. NOT_FOUND VENUE_NOT_FOUND.
absl::StatusOr<registry::v1::GetEntryResponse> ReadEntry(Session& session, const std::string& key);

// The id of the venue that `key` means; asks nobody when it is one.
absl::StatusOr<std::string> VenueIdOf(Session& session, const std::string& key);

// A correction and what it starts from.
struct Correction {
  std::string venue_id;
  int32_t revision = 0;
  registry::v1::VenueDetails details;
  std::string reason;
};

// ABORTED VENUE_CHANGED when somebody was faster; nothing is changed then.
absl::StatusOr<registry::v1::RegisterEntry> CorrectEntry(Session& session,
                                                         const Correction& correction);

absl::StatusOr<registry::v1::RegisterEntry> RegisterOnBehalf(
    Session& session, const registry::v1::VenueDetails& details, const std::string& reason);

// What an officer saw on the spot.
struct Inspection {
  std::string venue_id;
  bool confirmed = false;
  std::string note;
};

absl::StatusOr<registry::v1::RegisterEntry> RecordInspection(Session& session,
                                                             const Inspection& inspection);

// Suspends a venue, or opens it again.
absl::StatusOr<registry::v1::Venue> SetVenueState(Session& session, const std::string& venue_id,
                                                  registry::v1::VenueState state,
                                                  const std::string& reason);

absl::Status MailBusiness(Session& session, const std::string& venue_id);

// The bytes of a PDF.
absl::StatusOr<std::string> DrawDocument(Session& session, const std::string& venue_id,
                                         registry::v1::Document document);

absl::StatusOr<registry::v1::Certificate> WithdrawCertificate(Session& session,
                                                              const std::string& number,
                                                              const std::string& reason);

absl::StatusOr<registry::v1::CountRegisterResponse> CountRegister(Session& session);

// Hands every entry a filter leaves to `take`, and stops at its first failure.
using TakeEntry = std::function<absl::Status(const registry::v1::RegisterEntry&)>;
absl::Status ExportRegister(Session& session, const registry::v1::RegisterFilter& filter,
                            const TakeEntry& take);

// All letters of a kind, open ones first; closed ones only when asked for.
absl::StatusOr<std::vector<registry::v1::Letter>> ListLetters(Session& session,
                                                              registry::v1::LetterKind kind,
                                                              bool include_closed);

// One page of them; `page_token` is of the page before, or "".
absl::StatusOr<registry::v1::ListLettersResponse> ReadLetterPage(Session& session,
                                                                 registry::v1::LetterKind kind,
                                                                 bool include_closed,
                                                                 const std::string& page_token);

// FAILED_PRECONDITION LETTER_CLOSED when it was answered differently.
absl::StatusOr<registry::v1::Letter> CloseLetter(Session& session, const std::string& number,
                                                 const std::string& answer);

// Its secret is told this once.
absl::StatusOr<registry::v1::IssueApiKeyResponse> IssueApiKey(Session& session,
                                                              const std::string& email,
                                                              const std::string& label);
absl::StatusOr<std::vector<registry::v1::ApiKey>> ListApiKeys(Session& session);
absl::StatusOr<registry::v1::ApiKey> RevokeApiKey(Session& session, const std::string& api_key_id);

}  // namespace oshirase::authority
