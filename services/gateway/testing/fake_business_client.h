// A BusinessClient in memory: registrations wait for their mailed link, links work once, sessions
// last until they are closed. It accepts every venue that has a name; it cannot show the registry's
// other checks, and draws no real documents.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/business_client.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeBusinessClient : public BusinessClient {
 public:
  absl::StatusOr<StartedRegistration> StartRegistration(const std::string& request_id,
                                                        const VenueDetails& details,
                                                        const CallContext& call) override;
  absl::StatusOr<MailedLink> CheckLink(const std::string& link_token,
                                       const CallContext& call) override;
  absl::StatusOr<OpenedSession> OpenSession(const std::string& link_token,
                                            const CallContext& call) override;
  absl::Status CloseSession(const std::string& session_token, const CallContext& call) override;
  absl::Status RequestUpkeepLink(const std::string& email, const CallContext& call) override;
  absl::StatusOr<Business> GetBusiness(const Credential& credential,
                                       const CallContext& call) override;
  absl::StatusOr<OwnVenuePage> ListOwnVenues(const Credential& credential,
                                             const std::string& page_token,
                                             const CallContext& call) override;
  absl::StatusOr<OwnVenue> GetOwnVenue(const Credential& credential, const std::string& venue_id,
                                       const CallContext& call) override;
  absl::StatusOr<OwnVenue> AddVenue(const Credential& credential, const std::string& request_id,
                                    const VenueDetails& details, const CallContext& call) override;
  absl::StatusOr<ChangedVenue> UpdateVenue(const Credential& credential, const VenueChange& change,
                                           const CallContext& call) override;
  absl::StatusOr<OwnVenue> ReplaceCode(const Credential& credential,
                                       const CodeReplacement& replacement,
                                       const CallContext& call) override;
  absl::StatusOr<OwnVenue> SetVenueOpen(const Credential& credential, const std::string& venue_id,
                                        bool open, const CallContext& call) override;
  absl::StatusOr<std::string> RenderDocument(const Credential& credential,
                                             const std::string& venue_id, Document document,
                                             const CallContext& call) override;

  // The next call is answered with `status`.
  void FailNext(absl::Status status);
  // The links not yet used become too old.
  void ExpireLinks();

  // An operator issues an API key to the business of a mailbox.
  void IssueApiKey(const std::string& api_key, const std::string& email);
  // The prefecture suspends the venue.
  void Suspend(const std::string& venue_id);
  // The venue has no certificate, as one that was registered before there were any.
  void ForgetCertificate(const std::string& venue_id);

  // What waits for its link or was registered, by request id.
  std::map<std::string, VenueDetails> registrations() const;
  // The tokens of the links mailed so far, oldest first.
  std::vector<std::string> mailed() const;
  // All venues, oldest first.
  std::vector<OwnVenue> venues() const;

 private:
  struct Link {
    MailedLink link;
    std::string email;
    std::string request_id;  // Of a registration.
  };

  absl::Status TakeFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Mail(Link link) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The mailbox that a credential stands for.
  absl::StatusOr<std::string> EmailOf(const Credential& credential)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  const OwnVenue& Register(const VenueDetails& details) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The venue, if it belongs to whom `credential` stands for.
  absl::StatusOr<OwnVenue*> Find(const Credential& credential, const std::string& venue_id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, VenueDetails> registrations_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Link> links_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> mailed_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> sessions_ ABSL_GUARDED_BY(mutex_);  // Token to mailbox.
  std::map<std::string, std::string> api_keys_ ABSL_GUARDED_BY(mutex_);  // Likewise.
  std::vector<OwnVenue> venues_ ABSL_GUARDED_BY(mutex_);
  // What was answered to a request id.
  std::map<std::string, OwnVenue> added_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, ChangedVenue> changed_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, OwnVenue> replaced_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
