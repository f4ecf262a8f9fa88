#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/example_business.h"
#include "services/registry/testing/register_contracts.h"

namespace oshirase::registry {
namespace {

const absl::Time kLater = kExampleNow + absl::Hours(1);

Venue Add(RegisterStores& stores) { return AddVenue(stores, ExampleDetails(), kExampleNow); }

OwnVenue OwnOf(RegisterStores& stores, const VenueId& id) {
  const auto own = stores.entries.FindVenue(id);
  REQUIRE(own.ok());
  REQUIRE(own->has_value());
  return **own;
}

// A correction of the venue as it now is, with the next certificate where one is needed.
EntryCorrection CorrectionOf(RegisterStores& stores, const VenueId& id,
                             const VenueDetails& details) {
  const OwnVenue own = OwnOf(stores, id);
  const auto update = ExampleUpdate(own, details);
  EntryCorrection correction{.venue_id = id,
                             .request_id = ids::NewUuid(),
                             .revision = own.venue.revision,
                             .details = details,
                             .fields = update.fields,
                             .certificate = update.certificate,
                             .now = kLater,
                             .note = DeskNote("venue.corrected", "電話で確認"),
                             .mails = {}};
  correction.note.facts = {{"fields", update.fields}};
  if (update.certificate.has_value())
    correction.mails = {{.to = details.email, .content = NoticeMail{.venue_name = "x"}}};
  return correction;
}

void Corrects(RegisterStores& stores) {
  const Venue venue = Add(stores);
  auto details = venue.details;
  details.name = "喫茶ポエム本店";
  const auto correction = CorrectionOf(stores, venue.id, details);

  REQUIRE(stores.decisions.Correct(correction).ok());
  REQUIRE(stores.decisions.Correct(correction).ok());

  const EntryFile file = FileOf(stores, venue.id);
  CHECK(file.entry.venue.details == details);
  CHECK(file.entry.venue.revision == 2);
  CHECK(file.entry.venue.business_id == venue.business_id);
  CHECK(file.entry.certificate == SummaryOf(*correction.certificate));
  REQUIRE(file.changes.size() == 2);
  CHECK(file.changes[0] == EntryChange{.time = kLater,
                                       .actor = "officer/desk-a",
                                       .action = "corrected",
                                       .fields = {"name"},
                                       .reason = "電話で確認"});
  CHECK(stores.mails().size() == 1);
  CHECK(LastAction(stores) == "venue.corrected");
}

void RefusesStaleCorrections(RegisterStores& stores) {
  const Venue venue = Add(stores);
  auto details = venue.details;
  details.phone = "";
  auto correction = CorrectionOf(stores, venue.id, details);
  REQUIRE(stores.decisions.Correct(correction).ok());

  correction.request_id = ids::NewUuid();
  CHECK(ReasonOf(stores.decisions.Correct(correction)) == "VENUE_CHANGED");
  correction.venue_id = {ids::NewUuid()};
  CHECK(ReasonOf(stores.decisions.Correct(correction)) == "VENUE_NOT_FOUND");
  CHECK(FileOf(stores, venue.id).changes.size() == 2);
}

void ChangesNothingForNothing(RegisterStores& stores) {
  const Venue venue = Add(stores);
  REQUIRE(stores.decisions.Correct(CorrectionOf(stores, venue.id, venue.details)).ok());
  CHECK(FileOf(stores, venue.id).changes.size() == 1);
  CHECK(FileOf(stores, venue.id).entry.venue.revision == 1);
  CHECK(LastAction(stores) == "venue.corrected");
}

void MovesToAnotherMailbox(RegisterStores& stores) {
  const Venue venue = Add(stores);
  const Venue twin = Add(stores);
  auto details = venue.details;
  details.email = "New@example.com";

  REQUIRE(stores.decisions.Correct(CorrectionOf(stores, venue.id, details)).ok());

  const Venue moved = OwnOf(stores, venue.id).venue;
  CHECK(moved.business_id != venue.business_id);
  CHECK(moved.details.email == "New@example.com");
  CHECK(OwnOf(stores, twin.id).venue.business_id == venue.business_id);
  auto others = ExampleDetails();
  others.email = "new@example.com";
  CHECK(AddVenue(stores, others, kExampleNow).business_id == moved.business_id);
}

void LeavesNoRoomsBehind(RegisterStores& stores) {
  const Venue venue = Add(stores);
  auto room = ExampleDetails();
  room.parent_venue_id = venue.id.value;
  const Venue inside = AddVenue(stores, room, kExampleNow);
  auto details = venue.details;
  details.email = "new@example.com";
  CHECK(ReasonOf(stores.decisions.Correct(CorrectionOf(stores, venue.id, details))) ==
        "PARENT_UNFIT");
  room.email = "new@example.com";
  CHECK(ReasonOf(stores.decisions.Correct(CorrectionOf(stores, inside.id, room))) ==
        "PARENT_UNFIT");
  CHECK(OwnOf(stores, venue.id).venue.business_id == venue.business_id);
}

void AllowsTwins(RegisterStores& stores) {
  Add(stores);
  const Venue twin = Add(stores);
  auto details = twin.details;
  details.phone = "";
  CHECK(stores.decisions.Correct(CorrectionOf(stores, twin.id, details)).ok());
}

Inspection InspectionOf(const VenueId& id, bool confirmed, absl::Time now) {
  return {
      .venue_id = id,
      .request_id = ids::NewUuid(),
      .confirmed = confirmed,
      .now = now,
      .note = DeskNote(confirmed ? "venue.inspected" : "venue.inspected-unconfirmed", "換気なし")};
}

void Inspects(RegisterStores& stores) {
  const VenueId id = Add(stores).id;
  const auto confirmed = InspectionOf(id, true, kExampleNow);
  REQUIRE(stores.decisions.RecordInspection(confirmed).ok());
  CHECK(OwnOf(stores, id).inspect_time == kExampleNow);
  CHECK(FileOf(stores, id).entry.inspect_time == kExampleNow);

  const auto refuted = InspectionOf(id, false, kLater);
  REQUIRE(stores.decisions.RecordInspection(refuted).ok());
  REQUIRE(stores.decisions.RecordInspection(confirmed).ok());

  CHECK_FALSE(OwnOf(stores, id).inspect_time.has_value());
  CHECK(FileOf(stores, id).entry.inspect_time == kLater);
  CHECK(FileOf(stores, id).changes[0].reason == "換気なし");
  CHECK(HistoryOf(stores, id) == std::vector<std::string>{"inspected-unconfirmed by officer/desk-a",
                                                          "inspected by officer/desk-a",
                                                          "registered by service/test"});
  CHECK(ReasonOf(stores.decisions.RecordInspection(InspectionOf({ids::NewUuid()}, true, kLater))) ==
        "VENUE_NOT_FOUND");
}

Withdrawal WithdrawalOf(const std::string& number) {
  return {.certificate_number = number,
          .now = kLater,
          .note = DeskNote("certificate.withdrawn", "虚偽"),
          .mails = {{.to = "poem@example.com", .content = NoticeMail{.venue_name = "x"}}}};
}

void Withdraws(RegisterStores& stores) {
  const OwnVenue own = OwnOf(stores, Add(stores).id);
  // Begun before the withdrawal, with a certificate that it would replace.
  auto details = own.venue.details;
  details.name = "喫茶ポエム本店";
  const auto begun = CorrectionOf(stores, own.venue.id, details);

  const auto withdrawal = WithdrawalOf(own.certificate->number);
  REQUIRE(stores.decisions.Withdraw(withdrawal).ok());
  REQUIRE(stores.decisions.Withdraw(withdrawal).ok());

  const EntryFile file = FileOf(stores, own.venue.id);
  CHECK(file.entry.certificate->state == CertificateState::kWithdrawn);
  CHECK(file.changes[0].action == "withdrawn");
  CHECK(file.changes.size() == 2);
  CHECK(stores.mails().size() == 1);
  CHECK(ReasonOf(stores.decisions.Correct(begun)) == "VENUE_CHANGED");
  CHECK(ReasonOf(stores.decisions.Withdraw(WithdrawalOf("0000000000000"))) ==
        "CERTIFICATE_NOT_FOUND");
}

void WithdrawsOldOnes(RegisterStores& stores) {
  const OwnVenue own = OwnOf(stores, Add(stores).id);
  auto details = own.venue.details;
  details.name = "喫茶ポエム本店";
  REQUIRE(stores.decisions.Correct(CorrectionOf(stores, own.venue.id, details)).ok());

  REQUIRE(stores.decisions.Withdraw(WithdrawalOf(own.certificate->number)).ok());

  const EntryFile file = FileOf(stores, own.venue.id);
  CHECK(file.certificates[0].state == CertificateState::kCurrent);
  CHECK(file.certificates[1].state == CertificateState::kWithdrawn);
}

void MailsOnce(RegisterStores& stores) {
  const VenueId id = Add(stores).id;
  const BusinessNotice notice{
      .venue_id = id,
      .request_id = ids::NewUuid(),
      .now = kLater,
      .note = DeskNote("venue.notice-mailed", ""),
      .mails = {{.to = "poem@example.com", .content = NoticeMail{.venue_name = "喫茶ポエム"}}}};
  REQUIRE(stores.decisions.MailBusiness(notice).ok());
  REQUIRE(stores.decisions.MailBusiness(notice).ok());
  CHECK(stores.mails().size() == 1);
  CHECK(FileOf(stores, id).changes.size() == 2);

  auto other = notice;
  other.venue_id = Add(stores).id;
  CHECK(ReasonOf(stores.decisions.MailBusiness(other)) == "REQUEST_ID_REUSED");
  auto inspection = InspectionOf(id, true, kLater);
  inspection.request_id = notice.request_id;
  CHECK(ReasonOf(stores.decisions.RecordInspection(inspection)) == "REQUEST_ID_REUSED");
  other.venue_id = {ids::NewUuid()};
  CHECK(ReasonOf(stores.decisions.MailBusiness(other)) == "VENUE_NOT_FOUND");
}

void SuspendsOnce(RegisterStores& stores) {
  const VenueId id = Add(stores).id;
  const StateChange change{
      .venue_id = id,
      .state = VenueState::kSuspended,
      .now = kLater,
      .note = DeskNote("venue.suspended", "苦情"),
      .mails = {{.to = "poem@example.com", .content = NoticeMail{.venue_name = "x"}}}};
  REQUIRE(stores.business.venues.SetState(change).ok());
  REQUIRE(stores.business.venues.SetState(change).ok());
  CHECK(stores.mails().size() == 1);
  CHECK(HistoryOf(stores, id) ==
        std::vector<std::string>{"suspended by officer/desk-a", "registered by service/test"});
  CHECK(FileOf(stores, id).changes[0].reason == "苦情");
}

}  // namespace

const Contract<RegisterStores>& DecisionStoreContract() {
  static const auto& contract = *new Contract<RegisterStores>{
      {"a correction is made once, with history, mail and audit entry", Corrects},
      {"a correction starts from the newest revision", RefusesStaleCorrections},
      {"a correction of nothing changes nothing and is audited", ChangesNothingForNothing},
      {"with another mailbox a venue is another business's", MovesToAnotherMailbox},
      {"a venue and its rooms stay together", LeavesNoRoomsBehind},
      {"the desk may correct one of two same places", AllowsTwins},
      {"what the public sees of inspections is the last one, if it confirmed", Inspects},
      {"a certificate is withdrawn once and not replaced behind the desk's back", Withdraws},
      {"a superseded certificate is withdrawn and the newest holds", WithdrawsOldOnes},
      {"a business is mailed once for each request", MailsOnce},
      {"a suspension is mailed and in the history once", SuspendsOnce},
  };
  return contract;
}

}  // namespace oshirase::registry
