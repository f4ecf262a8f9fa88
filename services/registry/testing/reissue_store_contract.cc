#include <algorithm>
#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/example_business.h"
#include "services/registry/testing/register_contracts.h"

namespace oshirase::registry {
namespace {

const absl::Time kBegin = kExampleNow + absl::Hours(24);

ReissueRun ARun(bool mail = false) {
  return {.id = ids::NewUuid(), .reason = "様式の改定", .mail = mail, .create_time = kBegin};
}

ReissueRun Begin(RegisterStores& stores, const ReissueRun& run = ARun()) {
  const auto begun = stores.reissues.Begin(run, DeskNote("reissue.started", ""));
  REQUIRE(begun.ok());
  return *begun;
}

std::vector<OwnVenue> Next(RegisterStores& stores, const ReissueRun& run) {
  auto venues = stores.reissues.Next(run, std::nullopt, 100);
  REQUIRE(venues.ok());
  return *std::move(venues);
}

ReissueBatch BatchOf(const ReissueRun& run, const std::vector<OwnVenue>& venues) {
  ReissueBatch batch{.run_id = run.id,
                     .certificates = {},
                     .now = kBegin,
                     .note = DeskNote("certificate.reissued", run.reason)};
  for (const auto& own : venues) {
    NextCertificate next{
        .revision = own.venue.revision,
        .certificate = ExampleCertificates().After(*own.certificate, own.venue, kBegin),
        .mail = std::nullopt};
    if (run.mail)
      next.mail = {.to = own.venue.details.email, .content = NoticeMail{.venue_name = "x"}};
    batch.certificates.push_back(std::move(next));
  }
  return batch;
}

std::vector<Venue> AddSome(RegisterStores& stores, int count) {
  std::vector<Venue> venues;
  for (int i = 0; i < count; ++i) {
    venues.push_back(AddVenue(stores, ExampleDetails(), kExampleNow));
  }
  return venues;
}

void IssuesOnce(RegisterStores& stores) {
  const auto venues = AddSome(stores, 3);
  const auto run = Begin(stores, ARun(/*mail=*/true));
  const auto batch = BatchOf(run, Next(stores, run));
  REQUIRE(batch.certificates.size() == 3);

  const auto first = stores.reissues.Issue(batch);
  const auto again = stores.reissues.Issue(batch);

  REQUIRE(first.ok());
  CHECK(first->done == 3);
  CHECK(first->left_out == 0);
  REQUIRE(again.ok());
  CHECK(again->done == 3);
  CHECK(again->left_out == 0);
  CHECK(Next(stores, run).empty());
  CHECK(stores.mails().size() == 3);
  for (const auto& venue : venues) {
    const EntryFile file = FileOf(stores, venue.id);
    REQUIRE(file.certificates.size() == 2);
    CHECK(file.certificates[0].version == 2);
    CHECK(file.certificates[1].state == CertificateState::kSuperseded);
    CHECK(file.changes[0] == EntryChange{.time = kBegin,
                                         .actor = "officer/desk-a",
                                         .action = "reissued",
                                         .fields = {},
                                         .reason = "様式の改定"});
  }
  CHECK(LastAction(stores) == "certificate.reissued");
}

void LeavesOutWhatIsNotOpen(RegisterStores& stores) {
  const auto venues = AddSome(stores, 3);
  AddVenue(stores, ExampleDetails(), kBegin + absl::Seconds(1));
  REQUIRE(stores.business.venues
              .SetState({.venue_id = venues[0].id,
                         .state = VenueState::kClosed,
                         .now = kExampleNow,
                         .note = DeskNote("venue.closed", "")})
              .ok());
  REQUIRE(stores.decisions
              .Withdraw({.certificate_number = FileOf(stores, venues[1].id).certificates[0].number,
                         .now = kExampleNow,
                         .note = DeskNote("certificate.withdrawn", ""),
                         .mails = {}})
              .ok());
  const auto run = Begin(stores);

  const auto next = Next(stores, run);

  REQUIRE(next.size() == 1);
  CHECK(next[0].venue.id == venues[2].id);
  CHECK(stores.reissues.Progress(run)->total == 1);
}

void LeavesOutWhatChanged(RegisterStores& stores) {
  AddSome(stores, 2);
  const auto run = Begin(stores);
  const auto venues = Next(stores, run);
  const auto batch = BatchOf(run, venues);
  auto details = venues[0].venue.details;
  details.name = "新しい名前";
  VenueUpdate update = ExampleUpdate(venues[0], details);
  REQUIRE(stores.business.own_venues.Update(update).ok());

  const auto result = stores.reissues.Issue(batch);

  REQUIRE(result.ok());
  CHECK(result->done == 1);
  CHECK(result->left_out == 1);
  const auto rest = Next(stores, run);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].venue.details.name == "新しい名前");
  CHECK(stores.reissues.Issue(BatchOf(run, rest))->done == 2);
}

void GoesInOrder(RegisterStores& stores) {
  AddSome(stores, 5);
  const auto run = Begin(stores);
  std::vector<VenueId> seen;
  std::optional<VenueId> after;
  for (;;) {
    const auto venues = stores.reissues.Next(run, after, 2);
    REQUIRE(venues.ok());
    if (venues->empty()) break;
    for (const auto& own : *venues) seen.push_back(own.venue.id);
    after = seen.back();
  }
  CHECK(seen.size() == 5);
  CHECK(std::is_sorted(seen.begin(), seen.end()));
}

void GoesOn(RegisterStores& stores) {
  AddSome(stores, 3);
  const auto run = ARun();
  Begin(stores, run);
  auto later = run;
  later.create_time += absl::Hours(1);

  const auto begun = Begin(stores, later);

  CHECK(begun.create_time == kBegin);
  CHECK(stores.reissues.Progress(begun)->done == 0);
  CHECK(stores.reissues.Progress(begun)->total == 3);
  auto venues = Next(stores, begun);
  venues.resize(1);
  REQUIRE(stores.reissues.Issue(BatchOf(begun, venues)).ok());
  CHECK(stores.reissues.Progress(begun)->done == 1);
  CHECK(stores.reissues.Progress(begun)->total == 3);

  auto other = run;
  other.reason = "別の理由";
  CHECK(ReasonOf(stores.reissues.Begin(other, DeskNote("reissue.started", "")).status()) ==
        "REQUEST_ID_REUSED");
  other = run;
  other.mail = true;
  CHECK(ReasonOf(stores.reissues.Begin(other, DeskNote("reissue.started", "")).status()) ==
        "REQUEST_ID_REUSED");
}

}  // namespace

const Contract<RegisterStores>& ReissueStoreContract() {
  static const auto& contract = *new Contract<RegisterStores>{
      {"a batch is issued once, with history, mails and one audit entry", IssuesOnce},
      {"closed and new venues, and those with a withdrawn certificate, are no part of a run",
       LeavesOutWhatIsNotOpen},
      {"a venue that was changed meanwhile is left for later", LeavesOutWhatChanged},
      {"venues come in the order of their ids", GoesInOrder},
      {"a run goes on as it was begun", GoesOn},
  };
  return contract;
}

}  // namespace oshirase::registry
