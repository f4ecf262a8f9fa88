#include "services/registry/testing/release_scene.h"

#include <catch2/catch.hpp>
#include <utility>

#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "services/registry/rpc/statement_reader.h"
#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {
namespace {

constexpr int kSeedDaysBefore = 3;

AuditNote Setup() {
  return {.actor = "service/test", .action = "test.set-up", .subject = "", .facts = {}};
}

}  // namespace

void SetTime(google::protobuf::Timestamp* proto, absl::Time time) {
  proto->set_seconds(absl::ToUnixSeconds(time));
}

ReleaseScene::ReleaseScene(SceneStores stores)
    : now(ParseJapanTime("2020-12-10T15:00").value()), stores_(stores) {
  now -= absl::Hours(24);
  Enrol("ann", {Role::kSubmit});
  Enrol("bob", {Role::kApprove});
  Enrol("cat", {Role::kApprove});
  now += absl::Hours(24);
  Restart();
  REQUIRE(seeds_->EnsureDays(DayOf(now) - kSeedDaysBefore, DayOf(now) + 1).ok());
}

void ReleaseScene::Restart() {
  const Clock clock = [this] { return now; };
  releaser_.reset();
  outer_keys_.reset();
  seeds_.reset();
  ring_ = std::make_unique<keyring::Keyring>(stores_.keys, stores_.book, clock);
  seeds_ = std::make_unique<keyring::DayKeys>(*ring_, keyring::kVenueSeed);
  outer_keys_ = std::make_unique<OuterKeys>(*seeds_, kRetentionDays, clock);
  releaser_ = std::make_unique<KeyReleaser>(
      ReleaseParts{.venues = stores_.venues,
                   .officers = stores_.officers,
                   .statements = stores_.statements,
                   .audit = stores_.audit,
                   .keys = *outer_keys_,
                   .read = ReadStatement,
                   .clock = clock,
                   .on_result = [this](const std::string& result) { results.push_back(result); }});
}

void ReleaseScene::Enrol(const std::string& id, Roles roles) {
  const auto [key, added] =
      signing_keys_.try_emplace(id, crypto::SigningKey::FromSeed(crypto::SecretKey::Random()));
  REQUIRE(
      stores_.officers
          .Enrol({.officer_id = id, .roles = roles, .key = key->second.verify_key(), .now = now},
                 Setup())
          .ok());
}

void ReleaseScene::Revoke(const std::string& id) {
  REQUIRE(stores_.officers.Revoke(id, now, Setup()).ok());
}

VenueId ReleaseScene::AddVenue(bool drill) {
  auto details = ExampleDetails();
  details.drill = drill;
  return Insert(std::move(details));
}

VenueId ReleaseScene::AddEvent(absl::Time end) {
  auto details = ExampleEvent(end - absl::Hours(8));
  details.event_end = end;
  return Insert(std::move(details));
}

VenueId ReleaseScene::Insert(VenueDetails details) {
  const Venue venue = ExampleVenue(now, std::move(details));
  auto addition = ExampleAddition(venue);
  addition.note = Setup();
  REQUIRE(stores_.venues.Insert(addition).ok());
  return venue.id;
}

v1::Statement ReleaseScene::Case(const std::vector<VenueId>& venues) const {
  v1::Statement statement;
  statement.set_request_id(ids::NewUuid());
  statement.set_case_ref("YKH-2020-0042");
  statement.set_notice_number(ids::NewPublicNumber().value);
  for (const auto& venue : venues) {
    auto* const exposure = statement.add_exposures();
    exposure->set_venue_id(venue.value);
    SetTime(exposure->mutable_from_time(), now - absl::Hours(3));
    SetTime(exposure->mutable_to_time(), now - absl::Hours(1));
    exposure->set_stay_seconds(7200);
    exposure->set_linger_seconds(1800);
  }
  statement.set_template_("inform");
  statement.set_template_version(1);
  auto* const digest = statement.add_message_digests();
  digest->set_language("ja");
  digest->set_sha256(std::string(32, 'd'));
  SetTime(statement.mutable_expire_time(), now + absl::Hours(20));
  return statement;
}

StatementSignature ReleaseScene::Sign(const std::string& id, crypto::SignatureRole role,
                                      const std::string& statement, absl::Time time) const {
  return {.officer_id = id,
          .role = role,
          .signed_part =
              crypto::SignStatement(signing_keys_.at(id), role, crypto::Sha256(statement), time)};
}

ReleaseRequest ReleaseScene::Signed(const v1::Statement& statement) const {
  const std::string bytes = statement.SerializeAsString();
  return {.statement = bytes,
          .signatures = {Sign("ann", crypto::SignatureRole::kSubmit, bytes, now),
                         Sign("bob", crypto::SignatureRole::kApprove, bytes, now)},
          .case_id = ids::NewUuid(),
          .actor = "service/notifier"};
}

void ReleaseScene::SignThird(ReleaseRequest& request) const {
  request.signatures.push_back(
      Sign("cat", crypto::SignatureRole::kApprove, request.statement, now));
}

absl::Status ReleaseScene::Void(const ReleaseRequest& request, const std::string& officer) {
  return releaser_->Void(
      {.digest = crypto::Sha256(request.statement),
       .signature = Sign(officer, crypto::SignatureRole::kReject, request.statement, now),
       .actor = "service/notifier"});
}

}  // namespace oshirase::registry
