#include "services/gateway/testing/public_examples.h"

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {
namespace {

using State = PublishedCertificate::State;
using VenueState = PublishedCertificate::VenueState;

const absl::Time kIssued = absl::FromUnixSeconds(1606780800);  // 2020-12-01 in Japan

PublishedCertificate ValidCertificate() {
  return {.number = ids::NewPublicNumber(),
          .version = 2,
          .issue_time = kIssued,
          .venue_name = "髙﨑𠮷葛󠄀食堂 <b>みなと</b>",
          .kind = "restaurant",
          .measures = {{"distance", "restaurant-seat-distance", "席の間を1メートル以上あけます"},
                       {"ventilation", "common-air-30min", "30分に1回、窓を開けます", true},
                       {"", "", "入口に<script>消毒液</script>を置いています", true}},
          .inspect_time = kIssued + absl::Hours(48),
          .address = "横浜市中区本町1-1"};
}

ids::PublicNumber AddLike(FakePublicClient& everybody, PublishedCertificate certificate,
                          State state, VenueState venue_state) {
  certificate.number = ids::NewPublicNumber();
  certificate.version = 1;
  certificate.state = state;
  certificate.venue_state = venue_state;
  certificate.inspect_time.reset();
  certificate.address.clear();
  everybody.Add(certificate);
  return certificate.number;
}

void AddListed(FakePublicClient& everybody, const ids::PublicNumber& number) {
  for (int i = 1; i <= 45; ++i) {
    ListedVenue venue = {.name = absl::StrCat("みなと食堂 ", i, "号店"),
                         .kana = "みなとしょくどう",
                         .kind = i % 2 == 0 ? "shop" : "restaurant",
                         .postal_code = "2310005",
                         .municipality = "横浜市中区",
                         .address = absl::StrCat("本町", i, "-1"),
                         .phone = "045-285-0536",
                         .certificate_number = ids::NewPublicNumber(),
                         .issue_time = kIssued};
    if (i == 1) {
      venue.name = "=HYPERLINK(\"http://evil.example\"),\"食堂\"";
      venue.phone = "+81-45-285-0536";
      venue.certificate_number = number;
      venue.inspect_time = kIssued + absl::Hours(48);
    }
    if (i == 2) {
      venue.kind = "event";
      venue.event_start = kIssued;
      venue.event_end = kIssued + absl::Hours(8);
    }
    everybody.Add(std::move(venue));
  }
}

}  // namespace

PublicExamples AddExamples(FakePublicClient& everybody, FakeRegistryClient& registry) {
  PublicExamples examples;
  const PublishedCertificate valid = ValidCertificate();
  everybody.Add(valid);
  examples.valid = valid.number;
  PublishedCertificate old = valid;
  old.current_number = valid.number;
  examples.superseded = AddLike(everybody, old, State::kSuperseded, VenueState::kOpen);
  examples.withdrawn = AddLike(everybody, valid, State::kWithdrawn, VenueState::kOpen);
  examples.suspended = AddLike(everybody, valid, State::kCurrent, VenueState::kSuspended);
  examples.closed = AddLike(everybody, valid, State::kCurrent, VenueState::kClosed);
  AddListed(everybody, valid.number);
  examples.open_code = registry.Add({.name = valid.venue_name});
  examples.closed_code = registry.Add({.name = "閉じた店", .state = Venue::State::kClosed});
  examples.suspended_code = registry.Add({.name = "止めた店", .state = Venue::State::kSuspended});
  examples.event_code = registry.Add(
      {.name = "みなと祭り", .event_start = kIssued, .event_end = kIssued + absl::Hours(8)});
  return examples;
}

}  // namespace oshirase::gateway
