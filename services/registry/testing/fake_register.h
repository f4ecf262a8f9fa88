// The register in memory, as the fake stores share it: a venue that one of them adds is there for
// the others. It locks as a whole, so it cannot show what two transactions do to each other.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/domain/register_entry.h"
#include "services/registry/testing/fake_audit_store.h"

namespace oshirase::registry {

// Thread-safe where marked; the rest is for the fake stores, which hold `mu`.
class FakeRegister {
 public:
  // What is done goes to `notes`, which must outlive it.
  explicit FakeRegister(FakeAuditStore& notes) : audit(notes) {}

  // What was queued so far, in order. Thread-safe.
  std::vector<OutgoingMail> QueuedMails();

  // The venue's certificates, oldest first. Thread-safe.
  std::vector<IssuedCertificate> CertificatesOf(const VenueId& id);

  // Gives the business of that mailbox an API key. Thread-safe.
  void AddApiKey(const std::string& secret, const std::string& email);

  struct Code {
    VenueId venue_id;
    absl::Time end = absl::InfiniteFuture();
  };
  struct KeptLink {
    Link link;
    std::optional<std::string> registration_id;
  };
  struct Update {
    VenueId venue_id;
    bool certificate_issued = false;
  };

  BusinessId BusinessOf(const std::string& email) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  const Venue* FindTwin(const BusinessId& business_id, const VenueDetails& details,
                        const VenueId& but = {}) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // As the functions of store/venue_places.h.
  absl::Status CheckPlaces(const BusinessId& business_id,
                           const std::vector<VenueAddition>& additions)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  absl::Status CheckPlace(const BusinessId& business_id, const VenueId& id,
                          const VenueDetails& details) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  absl::Status CheckParent(const BusinessId& business_id, const VenueId& id,
                           const VenueDetails& details) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // Stores all, or none. Notes nothing.
  absl::Status InsertAll(const BusinessId& business_id, const std::vector<VenueAddition>& additions)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  absl::StatusOr<KeptLink> UseLink(const TokenHash& token_hash, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // Returns TOO_MANY_MAILS, as the function of store/mail_requests.h.
  absl::Status CountMail(const std::string& email, absl::Time now, const MailLimit& limit)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  OwnVenue OwnOf(const Venue& venue) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  void Queue(const std::vector<OutgoingMail>& more) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // As the functions of store/venue_history.h.
  void RecordChange(const AuditNote& note, const VenueId& id, absl::Time time,
                    const std::string& request_id = "") ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  absl::StatusOr<bool> IsRepeated(const AuditNote& note, const VenueId& id,
                                  const std::string& request_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // As the function of store/venue_writer.h.
  absl::Status CheckIsNext(const IssuedCertificate& certificate) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // Supersedes the venue's certificate, if it holds, and adds the next one.
  void AddCertificate(const IssuedCertificate& certificate) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);

  FakeAuditStore& audit;
  absl::Mutex mu;
  std::map<VenueId, Venue> venues ABSL_GUARDED_BY(mu);
  std::map<std::string, Code> codes ABSL_GUARDED_BY(mu);
  std::map<std::string, VenueId> registrations ABSL_GUARDED_BY(mu);  // by request id
  std::map<std::string, VenueId> requests ABSL_GUARDED_BY(mu);       // and code replacements
  std::map<std::string, Update> updates ABSL_GUARDED_BY(mu);
  std::map<VenueId, std::vector<IssuedCertificate>> certificates ABSL_GUARDED_BY(mu);
  std::map<std::string, Business> businesses ABSL_GUARDED_BY(mu);  // by the mailbox's key
  std::map<std::string, absl::Time> pending ABSL_GUARDED_BY(mu);   // ends, by request id
  std::map<TokenHash, KeptLink> links ABSL_GUARDED_BY(mu);
  std::map<TokenHash, std::pair<BusinessId, Session>> sessions ABSL_GUARDED_BY(mu);
  std::map<TokenHash, Holder> api_keys ABSL_GUARDED_BY(mu);
  std::map<std::string, std::vector<absl::Time>> mail_requests ABSL_GUARDED_BY(mu);
  std::map<std::string, std::pair<BusinessId, int>> imports ABSL_GUARDED_BY(mu);
  std::vector<OutgoingMail> mails ABSL_GUARDED_BY(mu);
  std::map<VenueId, std::vector<EntryChange>> changes ABSL_GUARDED_BY(mu);  // oldest first
  std::map<std::string, std::pair<VenueId, std::string>> change_requests ABSL_GUARDED_BY(mu);
  std::map<VenueId, absl::Time> inspected ABSL_GUARDED_BY(mu);
  std::map<VenueId, absl::Time> confirmed ABSL_GUARDED_BY(mu);
};

// Failures that a fake has been told to have. Thread-safe.
class FailureQueue {
 public:
  void Push(absl::Status status);
  // The next failure, or OK.
  absl::Status Next();

 private:
  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry
