// A CheckinClient in memory, with the cap of 20. It answers at once unless told to hold; it cannot
// show what a database does.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/checkin_client.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeCheckinClient : public CheckinClient {
 public:
  absl::StatusOr<std::vector<bool>> AdmitVisits(const std::vector<Admission>& admissions,
                                                const CallContext& call) override;
  absl::StatusOr<std::vector<RecordOutcome>> RecordVisits(const std::vector<Visit>& visits,
                                                          const CallContext& call) override;

  // The next AdmitVisits() or RecordVisits() call is answered with `status`; of a record call
  // nothing is stored.
  void FailNextAdmit(absl::Status status);
  void FailNext(absl::Status status);

  // Visits of this venue get `outcome`, while their neighbours are stored.
  void AnswerVenue(const std::string& venue_id, RecordOutcome outcome);

  // From now on record calls wait for Release(), or fail at their deadline.
  void Hold();
  void Release();
  // Returns when as many record calls wait.
  void AwaitHeld(int calls);

  // Visits stored, by visit id.
  std::map<crypto::Tag, Visit> visits() const;
  // How many items each call brought, in the order of the calls.
  std::vector<size_t> admit_sizes() const;
  std::vector<size_t> record_sizes() const;
  // The request ids of the calls so far.
  std::vector<std::string> admit_request_ids() const;
  std::vector<std::string> record_request_ids() const;

 private:
  std::vector<bool> Admit(const std::vector<Admission>& admissions)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<RecordOutcome> Store(const std::vector<Visit>& visits)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  int held_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status next_admit_ ABSL_GUARDED_BY(mutex_);
  absl::Status next_record_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, RecordOutcome> answers_ ABSL_GUARDED_BY(mutex_);
  std::map<std::pair<int, crypto::Tag>, std::set<crypto::Tag>> counted_ ABSL_GUARDED_BY(mutex_);
  std::map<crypto::Tag, Visit> visits_ ABSL_GUARDED_BY(mutex_);
  std::vector<size_t> admit_sizes_ ABSL_GUARDED_BY(mutex_);
  std::vector<size_t> record_sizes_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> admit_request_ids_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> record_request_ids_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
