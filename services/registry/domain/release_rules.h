// What two officers must have done before a key goes out: every rule the registry checks by itself,
// each with a reason of its own. Pure functions; key_release.h puts them in order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/officer.h"
#include "services/registry/domain/statement.h"
#include "services/registry/domain/statement_store.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

inline constexpr size_t kMaxSignatures = 10;
inline constexpr size_t kMaxVenues = 20;
inline constexpr absl::Duration kMaxWindow = absl::Hours(24);
inline constexpr absl::Duration kMaxStay = absl::Hours(12);
inline constexpr absl::Duration kMaxLinger = absl::Hours(3);
inline constexpr absl::Duration kMaxApprovalAge = absl::Minutes(30);
inline constexpr absl::Duration kMaxLife = absl::Hours(24);
// Above either of these a third officer must sign.
inline constexpr size_t kVenuesOfTwo = 5;
inline constexpr absl::Duration kWindowOfTwo = absl::Hours(12);

using OfficersById = std::map<std::string, Officer>;

// Checks one signature by itself: OFFICER_UNKNOWN, OFFICER_REVOKED, SIGNATURE_FROM_FUTURE,
// SIGNATURE_INVALID (no key the person had by then made it).
absl::Status CheckSignature(const StatementSignature& signature, const crypto::Digest& digest,
                            const OfficersById& officers, absl::Time now);

// Checks that one person submitted, others approved, and all of them may, for a drill or a real
// case, both when they signed and now: TOO_MANY_SIGNATURES, SIGNATURE_MISSING,
// SIGNATURE_ROLE_WRONG, OFFICERS_NOT_DISTINCT, ROLE_MISSING, and those of CheckSignature.
absl::Status CheckSignatures(const std::vector<StatementSignature>& signatures,
                             const crypto::Digest& digest, bool drill, const OfficersById& officers,
                             absl::Time now);

// Checks what the store remembers: STATEMENT_VOID, STATEMENT_OF_OTHER_CASE, STATEMENT_CLOSED.
absl::Status CheckRecord(const StatementRecord& record, const std::string& case_id, absl::Time now);

// Checks the times of a statement that comes for the first time: APPROVAL_TOO_OLD,
// STATEMENT_EXPIRED, EXPIRY_TOO_LATE (more than 24 h after its submission). A notifier that asks
// again after a crash, or for late visits, is past them.
absl::Status CheckFirstTimes(const Statement& statement,
                             const std::vector<StatementSignature>& signatures, absl::Time now);

// Checks the windows: WINDOW_IN_FUTURE, WINDOW_TOO_LONG, STAY_TOO_LONG, LINGER_TOO_LONG,
// TOO_MANY_VENUES, THIRD_SIGNATURE_NEEDED.
absl::Status CheckWindows(const Statement& statement, size_t signature_count, absl::Time now);

// Checks the venues named, `venues` being those that exist: VENUE_UNKNOWN, DRILL_MISMATCH,
// EVENT_END_MISMATCH.
absl::Status CheckVenues(const Statement& statement, const std::vector<Venue>& venues);

}  // namespace oshirase::registry
