// Acts of office on a venue: inspecting it, suspending it, withdrawing its certificate, telling its
// business that a notice concerns it.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/registry/domain/decision_store.h"
#include "services/registry/domain/register_store.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

struct StateRequest {
  VenueId venue_id;
  VenueState state = VenueState::kOpen;
  std::string reason;
  std::string actor;
};

struct InspectionRequest {
  std::string request_id;
  VenueId venue_id;
  bool confirmed = false;
  std::string note;  // what was seen
  std::string actor;
};

struct WithdrawalRequest {
  std::string certificate_number;  // as typed
  std::string reason;
  std::string actor;
};

struct NoticeRequest {
  std::string request_id;
  VenueId venue_id;
  std::string actor;
};

// What it works on. All must outlive it.
struct VenueDecisionsParts {
  RegisterStore& entries;
  DecisionStore& decisions;
  VenueStore& venues;
  OwnVenueStore& own_venues;
  Clock clock;
};

// Thread-safe. `actor` is as in AuditNote. Every method is idempotent, and returns UNAVAILABLE when
// the database cannot be reached.
class VenueDecisions {
 public:
  explicit VenueDecisions(VenueDecisionsParts parts) : parts_(std::move(parts)) {}

  // Opens, closes or suspends; of a suspension the business is told by mail, with the reason.
  // Returns VENUE_NOT_FOUND.
  absl::StatusOr<Venue> SetState(const StateRequest& request);

  // Notes an inspection. Returns VENUE_NOT_FOUND, REQUEST_ID_REUSED.
  absl::StatusOr<RegisterEntry> RecordInspection(InspectionRequest request);

  // Withdraws a certificate and tells the business by mail, with the reason.
  // Returns CERTIFICATE_NOT_FOUND.
  absl::StatusOr<IssuedCertificate> Withdraw(WithdrawalRequest request);

  // Tells the business by mail that visitors of its venue were told of an infection.
  // Returns VENUE_NOT_FOUND, REQUEST_ID_REUSED.
  absl::Status MailBusiness(const NoticeRequest& request);

 private:
  absl::StatusOr<OwnVenue> FindByCertificate(const std::string& typed);

  const VenueDecisionsParts parts_;
};

}  // namespace oshirase::registry
