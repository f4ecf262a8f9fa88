// A PublicClient in memory. It searches by plain substrings and accepts every letter that has a
// text; it cannot show the registry's own checks.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/public_client.h"

namespace oshirase::gateway {

// Thread-safe.
class FakePublicClient : public PublicClient {
 public:
  absl::StatusOr<PublishedCertificate> GetCertificate(const ids::PublicNumber& number,
                                                      const CallContext& call) override;
  absl::StatusOr<VenueSearchPage> SearchListedVenues(const VenueSearch& search,
                                                     const CallContext& call) override;
  std::unique_ptr<ListedVenueReader> ReadListedVenues(const CallContext& call) override;
  absl::StatusOr<std::string> SubmitEnquiry(const Enquiry& enquiry,
                                            const CallContext& call) override;
  absl::StatusOr<std::string> SubmitReport(const Report& report, const CallContext& call) override;

  void Add(PublishedCertificate certificate);
  void Add(ListedVenue venue);

  // The next call, or the next batch of venues, is answered with `status`.
  void FailNext(absl::Status status);

  // What was submitted, by request id.
  std::map<std::string, Enquiry> enquiries() const;
  std::map<std::string, Report> reports() const;

 private:
  class Reader;

  absl::Status TakeFailure();
  absl::Status TakeFailureLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::string NumberOf(const std::string& request_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, PublishedCertificate> certificates_ ABSL_GUARDED_BY(mutex_);
  std::vector<ListedVenue> venues_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Enquiry> enquiries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Report> reports_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> numbers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
