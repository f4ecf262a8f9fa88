// Writing venues and their certificates: what the stores of venues have in common.
// Everything here works inside the caller's transaction and throws what libpqxx throws.
#pragma once

#include <pqxx/pqxx>
#include <span>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/venue_addition.h"

namespace oshirase::registry {

// Stores the venues of `business_id` with codes, certificates and history, by few statements
// however many they are. Returns ALREADY_EXISTS when a code is taken, REQUEST_ID_REUSED.
absl::Status InsertVenues(pqxx::work& tx, const BusinessId& business_id,
                          std::span<const VenueAddition> additions);

// OK when `certificate` is the next one of its venue, which is locked. Returns VENUE_CHANGED, also
// when the newest is withdrawn: only a change that was begun before can be about to replace it.
absl::Status CheckIsNext(pqxx::work& tx, const IssuedCertificate& certificate);

// Supersedes the venue's certificate, if it holds, and stores the next one.
void InsertNextCertificate(pqxx::work& tx, const IssuedCertificate& certificate);

// The same for many venues, by few statements, as of `now`.
void InsertNextCertificates(pqxx::work& tx, std::span<const IssuedCertificate* const> certificates,
                            absl::Time now);

}  // namespace oshirase::registry
