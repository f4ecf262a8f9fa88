// A place where keys are released, for tests: three officers with keys of their own, venues, a
// clock that moves only when told. Works over fakes and over the real stores alike. Officers sign
// here with keys in memory, so it cannot show what their program shows them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/signing_key.h"
#include "common/keyring/day_keys.h"
#include "common/keyring/keyring.h"
#include "oshirase/registry/v1/exposure.pb.h"
#include "services/registry/domain/key_release.h"

namespace oshirase::registry {

// The stores a scene plays on. All must outlive it.
struct SceneStores {
  VenueStore& venues;
  OfficerStore& officers;
  StatementStore& statements;
  AuditStore& audit;
  keyring::KeyStore& keys;
  keyring::KeyBook& book;
};

// Not thread-safe. Fails the test when the setting up of something fails.
class ReleaseScene {
 public:
  static constexpr int kRetentionDays = 21;

  // It is 2020-12-10 15:00 in Japan. Officers "ann" (submit), "bob" and "cat" (approve) are
  // enrolled since yesterday; seeds exist from three days ago to tomorrow.
  explicit ReleaseScene(SceneStores stores);

  absl::Time now;

  void Enrol(const std::string& id, Roles roles);
  void Revoke(const std::string& id);
  VenueId AddVenue(bool drill = false);
  VenueId AddEvent(absl::Time end);
  keyring::DayKeys& seeds() { return *seeds_; }

  // Everything but the stores is made anew, as after a crash.
  void Restart();

  // A case of one window per venue, from 3 hours ago to 1 hour ago, that expires in 20 hours.
  v1::Statement Case(const std::vector<VenueId>& venues) const;

  // `id`'s signature, made with `id`'s key, at `time`.
  StatementSignature Sign(const std::string& id, crypto::SignatureRole role,
                          const std::string& statement, absl::Time time) const;

  // The statement as its bytes, submitted by ann and approved by bob now, for a case of its own.
  ReleaseRequest Signed(const v1::Statement& statement) const;

  // Adds cat's approval.
  void SignThird(ReleaseRequest& request) const;

  absl::StatusOr<ReleasedKeys> Release(const ReleaseRequest& request) {
    return releaser_->Release(request);
  }
  absl::Status Void(const ReleaseRequest& request, const std::string& officer);
  KeyReleaser& releaser() { return *releaser_; }

  // The results told to on_result so far.
  std::vector<std::string> results;

 private:
  VenueId Insert(VenueDetails details);

  SceneStores stores_;
  std::map<std::string, crypto::SigningKey> signing_keys_;
  std::unique_ptr<keyring::Keyring> ring_;
  std::unique_ptr<keyring::DayKeys> seeds_;
  std::unique_ptr<OuterKeys> outer_keys_;
  std::unique_ptr<KeyReleaser> releaser_;
};

// `seconds` since 1970 of `time`, as protos want it.
void SetTime(google::protobuf::Timestamp* proto, absl::Time time);

}  // namespace oshirase::registry
