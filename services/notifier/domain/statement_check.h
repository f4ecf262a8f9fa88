// What the notifier asks of a statement before it stores it. The registry asks the same again, and
// for itself, before it releases a key; refusing here means refusing while the officer still types.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

inline constexpr size_t kMaxStatementBytes = size_t{32} * 1024;
inline constexpr size_t kMaxMessageBytes = size_t{64} * 1024;
inline constexpr size_t kMaxVenues = 20;
inline constexpr size_t kMaxExposures = 100;
inline constexpr size_t kMaxCaseRefLength = 40;
inline constexpr absl::Duration kLongestExpiry = absl::Hours(24);
// How far a signature's time may lie in the past or, for clocks that differ, in the future.
inline constexpr absl::Duration kSignatureLife = absl::Minutes(30);
inline constexpr absl::Duration kClockTolerance = absl::Minutes(1);
// Above these the registry wants a third signature.
inline constexpr absl::Duration kWindowOfTwoOfficers = absl::Hours(12);
inline constexpr size_t kVenuesOfTwoOfficers = 5;
// Above so many visits, by the preview, the notifier waits for a third.
inline constexpr int64_t kVisitsOfTwoOfficers = 5000;

// What is wrong with exposures at `now`, none when nothing is. `retention_days` is how far back
// visits can be opened.
std::vector<FieldViolation> CheckExposures(const std::vector<Exposure>& exposures, absl::Time now,
                                           int retention_days);

// What is wrong with a statement that is submitted at `now`, exposures included.
std::vector<FieldViolation> CheckStatement(const Statement& statement, absl::Time now,
                                           int retention_days);

// What is wrong with the messages of a statement: each must be a JSON array of 1 to 5 message
// objects with the digest that was signed, and no digest may lack its message.
std::vector<FieldViolation> CheckMessages(const Statement& statement,
                                          const std::vector<Message>& messages);

// Whether the messages are, byte for byte, those whose digests were signed.
bool MatchDigests(const Statement& statement, const std::vector<Message>& messages);

// How many officers must sign, the submitter included: 3 for more than 12 h of window at a venue,
// more than 5 venues, or more than 5,000 visits; else 2.
int SignaturesNeeded(const std::vector<Exposure>& exposures, int64_t visits);

}  // namespace oshirase::notifier
