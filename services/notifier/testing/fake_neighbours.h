// The registry, checkin and the smaller stores in memory. The registry derives real outer keys from
// real seeds and checkin holds really sealed rows, so both locks are opened in earnest; the rules
// by which the registry refuses a release are not here, a test says what it answers.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/inner_seal.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/checkin_client.h"
#include "services/notifier/domain/follow_store.h"
#include "services/notifier/domain/registry_client.h"
#include "services/notifier/testing/fake_database.h"

namespace oshirase::notifier {

// Statuses to fail with, in order. Thread-safe.
class Failures {
 public:
  void Add(absl::Status status);
  absl::Status Next();

 private:
  absl::Mutex mu_;
  std::deque<absl::Status> queue_ ABSL_GUARDED_BY(mu_);
};

// Thread-safe.
class FakeRegistry final : public RegistryClient {
 public:
  explicit FakeRegistry(StatementReader reader) : read_(std::move(reader)) {}

  void FailNext(absl::Status status) { failures_.Add(std::move(status)); }
  void Enrol(Officer officer);
  // Takes the place of the venue with its id, if there is one.
  void AddVenue(NamedVenue venue);
  void SetReleaseEnd(absl::Time time);
  // The seed of a day, made when first asked for.
  const crypto::SecretKey& Seed(Day day);
  std::vector<ReleaseRequest> releases();
  std::vector<crypto::Digest> voids();

  absl::StatusOr<Officer> GetOfficer(const std::string& officer_id) override;
  absl::StatusOr<std::vector<NamedVenue>> GetVenues(const std::vector<VenueId>& ids) override;
  absl::StatusOr<Release> ReleaseOuterKeys(const ReleaseRequest& request) override;
  absl::Status VoidStatement(const crypto::Digest& statement,
                             const OfficerSignature& signature) override;

 private:
  const StatementReader read_;
  Failures failures_;
  absl::Mutex mu_;
  std::map<std::string, Officer> officers_ ABSL_GUARDED_BY(mu_);
  std::vector<NamedVenue> venues_ ABSL_GUARDED_BY(mu_);
  std::map<Day, crypto::SecretKey> seeds_ ABSL_GUARDED_BY(mu_);
  absl::Time release_end_ ABSL_GUARDED_BY(mu_) = absl::InfiniteFuture();
  std::vector<ReleaseRequest> releases_ ABSL_GUARDED_BY(mu_);
  std::vector<crypto::Digest> voids_ ABSL_GUARDED_BY(mu_);
};

// Thread-safe.
class FakeCheckin final : public CheckinClient {
 public:
  void FailNext(absl::Status status) { failures_.Add(std::move(status)); }
  // The stream breaks after so many pages, once.
  void BreakStreamAfter(int pages);
  void Add(SealedVisit visit);
  // Changes the rows there are.
  void Edit(const std::function<void(std::vector<SealedVisit>&)>& edit);

  absl::StatusOr<std::vector<HourCounts>> CountVisits(const std::vector<VenueDayHours>& hours,
                                                      CountFrom from) override;
  absl::Status StreamSealedVisits(const std::vector<VenueDayHours>& hours,
                                  const SealedVisitSink& sink) override;

 private:
  Failures failures_;
  absl::Mutex mu_;
  int break_after_ ABSL_GUARDED_BY(mu_) = -1;
  std::vector<SealedVisit> visits_ ABSL_GUARDED_BY(mu_);
};

// Thread-safe.
class FakeFollowStore final : public FollowStore {
 public:
  void FailNext(absl::Status status) { failures_.Add(std::move(status)); }

  absl::Status Record(const FollowChange& change) override;
  absl::StatusOr<std::vector<crypto::Hash>> Left(const std::vector<crypto::Hash>& people) override;

 private:
  Failures failures_;
  absl::Mutex mu_;
  std::map<crypto::Hash, FollowChange> states_ ABSL_GUARDED_BY(mu_);
};

// The events of a FakeDatabase. Its chain has no hashes.
class FakeAuditTrail final : public AuditTrail {
 public:
  explicit FakeAuditTrail(FakeDatabase& database) : db_(database) {}

  absl::Status Append(const AuditEvent& event) override;
  absl::StatusOr<AuditPage> List(int64_t after, int limit) override;

 private:
  FakeDatabase& db_;
};

}  // namespace oshirase::notifier
