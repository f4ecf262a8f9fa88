#include "services/registry/testing/fake_decision_store.h"

#include <algorithm>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

absl::Status FakeDecisionStore::Write(const EntryCorrection& correction, Venue& venue) {
  if (venue.revision != correction.revision) return VenueChanged();
  const BusinessId business = register_.BusinessOf(correction.details.email);
  const bool has_rooms = std::any_of(
      register_.venues.begin(), register_.venues.end(),
      [&](const auto& each) { return each.second.details.parent_venue_id == venue.id.value; });
  if (business != venue.business_id && has_rooms) return ParentUnfit();
  RETURN_IF_ERROR(register_.CheckParent(business, venue.id, correction.details));
  if (correction.certificate.has_value()) {
    RETURN_IF_ERROR(register_.CheckIsNext(*correction.certificate));
    register_.AddCertificate(*correction.certificate);
  }
  venue.business_id = business;
  venue.details = correction.details;
  ++venue.revision;
  return absl::OkStatus();
}

absl::Status FakeDecisionStore::Correct(const EntryCorrection& correction) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto venue = register_.venues.find(correction.venue_id);
  if (venue == register_.venues.end()) return VenueNotFound();
  ASSIGN_OR_RETURN(const bool repeated, register_.IsRepeated(correction.note, correction.venue_id,
                                                             correction.request_id));
  if (repeated || correction.fields.empty()) {
    register_.audit.Note(repeated ? Repeated(correction.note) : correction.note);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Write(correction, venue->second));
  register_.RecordChange(correction.note, correction.venue_id, correction.now,
                         correction.request_id);
  register_.Queue(correction.mails);
  register_.audit.Note(correction.note);
  return absl::OkStatus();
}

absl::Status FakeDecisionStore::RecordInspection(const Inspection& inspection) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const VenueId& id = inspection.venue_id;
  if (!register_.venues.contains(id)) return VenueNotFound();
  ASSIGN_OR_RETURN(const bool repeated,
                   register_.IsRepeated(inspection.note, id, inspection.request_id));
  if (repeated) {
    register_.audit.Note(Repeated(inspection.note));
    return absl::OkStatus();
  }
  register_.inspected[id] = inspection.now;
  register_.confirmed.erase(id);
  if (inspection.confirmed) register_.confirmed[id] = inspection.now;
  register_.RecordChange(inspection.note, id, inspection.now, inspection.request_id);
  register_.audit.Note(inspection.note);
  return absl::OkStatus();
}

absl::Status FakeDecisionStore::Withdraw(const Withdrawal& withdrawal) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  for (auto& [id, certificates] : register_.certificates) {
    const auto found =
        std::find_if(certificates.begin(), certificates.end(), [&](const auto& certificate) {
          return certificate.number == withdrawal.certificate_number;
        });
    if (found == certificates.end()) continue;
    if (found->state == CertificateState::kWithdrawn) {
      register_.audit.Note(Repeated(withdrawal.note));
      return absl::OkStatus();
    }
    found->state = CertificateState::kWithdrawn;
    register_.RecordChange(withdrawal.note, id, withdrawal.now);
    register_.Queue(withdrawal.mails);
    register_.audit.Note(withdrawal.note);
    return absl::OkStatus();
  }
  return CertificateNotFound();
}

absl::Status FakeDecisionStore::MailBusiness(const BusinessNotice& notice) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const VenueId& id = notice.venue_id;
  if (!register_.venues.contains(id)) return VenueNotFound();
  ASSIGN_OR_RETURN(const bool repeated, register_.IsRepeated(notice.note, id, notice.request_id));
  if (repeated) {
    register_.audit.Note(Repeated(notice.note));
    return absl::OkStatus();
  }
  register_.RecordChange(notice.note, id, notice.now, notice.request_id);
  register_.Queue(notice.mails);
  register_.audit.Note(notice.note);
  return absl::OkStatus();
}

}  // namespace oshirase::registry
