// PublicService about certificates and venues.
#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/testing/desk_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

absl::StatusOr<v1::GetCertificateResponse> Certificate(DeskOverWire& wire,
                                                       const std::string& number) {
  v1::GetCertificateRequest request;
  request.set_certificate_number(number);
  v1::GetCertificateResponse response;
  const auto status = CallOn(*wire.As("gateway"), &PublicStub::GetCertificate, request, &response);
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::SearchListedVenuesResponse> Search(DeskOverWire& wire,
                                                      const v1::SearchListedVenuesRequest& search) {
  v1::SearchListedVenuesResponse response;
  const auto status =
      CallOn(*wire.As("gateway"), &PublicStub::SearchListedVenues, search, &response);
  if (!status.ok()) return status;
  return response;
}

v1::SearchListedVenuesRequest SearchOf(const std::string& text, int32_t page_size = 0) {
  v1::SearchListedVenuesRequest search;
  search.set_text(text);
  search.set_page_size(page_size);
  return search;
}

TEST_CASE("a certificate is read by its number, however that is typed") {
  DeskOverWire wire;
  const std::string number = wire.AddListed("喫茶ポエム");

  const auto read = Certificate(wire, " " + ids::FormatPublicNumber({number}) + "　");

  REQUIRE(read.ok());
  CHECK(read->certificate().certificate_number() == number);
  CHECK(read->certificate().state() == v1::CERTIFICATE_STATE_CURRENT);
  CHECK(read->venue_name() == "喫茶ポエム");
  CHECK(read->kind() == "restaurant");
  REQUIRE(read->measures_size() == 3);
  CHECK(read->measures(0).text() == "従業員はマスクを着けます");
  CHECK(read->venue_state() == v1::VENUE_STATE_OPEN);
  CHECK(read->address() == "横浜市中区日本大通1");
  CHECK(read->current_certificate_number().empty());
  CHECK_FALSE(read->has_inspect_time());
}

TEST_CASE("the address of a venue that did not agree to be listed is told to nobody") {
  DeskOverWire wire;
  const auto addition = ExampleAddition(ExampleVenue(wire.scene.now));
  REQUIRE(wire.scene.venues.Insert(addition).ok());

  const auto read = Certificate(wire, addition.certificate.number);

  REQUIRE(read.ok());
  CHECK(read->address().empty());
  CHECK(read->DebugString().find("日本大通") == std::string::npos);
}

TEST_CASE("a superseded certificate names the one that holds") {
  DeskOverWire wire;
  const Holder holder = wire.scene.Register();
  const auto before = wire.scene.keeper.Get(holder, wire.scene.venue_id);
  auto details = before->venue.details;
  details.name = "喫茶ポエム本店";
  REQUIRE(wire.scene.keeper
              .Update(holder,
                      {.request_id = ids::NewUuid(),
                       .venue_id = wire.scene.venue_id,
                       .revision = 1,
                       .details = details},
                      wire.scene.violations)
              .ok());

  const auto read = Certificate(wire, before->certificate->number);

  REQUIRE(read.ok());
  CHECK(read->certificate().state() == v1::CERTIFICATE_STATE_SUPERSEDED);
  CHECK(read->venue_name() == "喫茶ポエム");
  CHECK(read->current_certificate_number() ==
        wire.scene.shared.CertificatesOf(wire.scene.venue_id).back().number);
}

TEST_CASE("what is no number and a number of nothing are told apart") {
  DeskOverWire wire;
  const std::string number = wire.AddListed("喫茶ポエム");
  std::string mistyped = number;
  mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';

  CHECK(ReasonOf(Certificate(wire, mistyped).status()) == "CERTIFICATE_NUMBER_MISTYPED");
  CHECK(ReasonOf(Certificate(wire, "").status()) == "CERTIFICATE_NUMBER_MISTYPED");
  CHECK(ReasonOf(Certificate(wire, number + std::string(300, ' ')).status()) ==
        "CERTIFICATE_NUMBER_MISTYPED");
  const auto of_nothing = Certificate(wire, ids::NewPublicNumber().value).status();
  CHECK(absl::IsNotFound(of_nothing));
  CHECK(ReasonOf(of_nothing) == "CERTIFICATE_NOT_FOUND");
}

TEST_CASE("listed venues are found a page at a time") {
  DeskOverWire wire;
  for (const auto* name : {"いろは食堂", "はな食堂", "ろまん食堂"}) wire.AddListed(name);

  const auto first = Search(wire, SearchOf("食堂", 2));
  REQUIRE(first.ok());
  CHECK(first->match_count() == 3);
  REQUIRE(first->venues_size() == 2);
  CHECK(first->venues(0).name() == "いろは食堂");
  CHECK(first->venues(0).municipality() == "横浜市中区");
  CHECK(FromProto(first->venues(0).issue_time()) == wire.scene.now);
  auto next = SearchOf("食堂", 2);
  next.set_page_token(first->next_page_token());
  const auto second = Search(wire, next);
  REQUIRE(second.ok());
  REQUIRE(second->venues_size() == 1);
  CHECK(second->venues(0).name() == "ろまん食堂");
  CHECK(second->next_page_token().empty());
  // The same words, spelled differently, are the same search.
  next.set_text("　食堂 ");
  CHECK(Search(wire, next).ok());
}

TEST_CASE("a page token of another search is refused") {
  DeskOverWire wire;
  for (const auto* name : {"いろは食堂", "はな食堂"}) wire.AddListed(name);
  const auto token = Search(wire, SearchOf("食堂", 1))->next_page_token();
  auto other = SearchOf("はな", 1);
  other.set_page_token(token);
  auto of_kind = SearchOf("食堂", 1);
  of_kind.set_page_token(token);
  of_kind.set_kind("cinema");
  auto made_up = SearchOf("食堂", 1);
  made_up.set_page_token("20");

  for (const auto& search : {other, of_kind, made_up}) {
    const auto status = Search(wire, search).status();
    CHECK(absl::IsInvalidArgument(status));
    CHECK(ReasonOf(status) == "PAGE_TOKEN_INVALID");
  }
}

TEST_CASE("all are found without a text, none by signs alone, and nonsense is refused") {
  DeskOverWire wire;
  wire.AddListed("いろは食堂");

  CHECK(Search(wire, SearchOf(" 　"))->match_count() == 1);
  CHECK(Search(wire, SearchOf("…！"))->match_count() == 0);
  CHECK(ViolationsOf(Search(wire, SearchOf(std::string(101, 'a'), -1)).status()) ==
        Violations{"page_size OUT_OF_RANGE", "text TOO_LONG"});
  CHECK(ViolationsOf(Search(wire, SearchOf("a\nb")).status()) ==
        Violations{"text CONTROL_CHARACTER"});
}

TEST_CASE("the open data comes fifty venues at a time") {
  DeskOverWire wire;
  for (int i = 0; i < 60; ++i) wire.AddListed(std::to_string(i));
  const auto gateway = wire.As("gateway");
  grpc::ClientContext context;
  const auto reader = gateway->StreamListedVenues(&context, {});
  std::vector<int> sizes;
  v1::StreamListedVenuesResponse response;
  while (reader->Read(&response)) sizes.push_back(response.venues_size());

  CHECK(reader->Finish().ok());
  CHECK(sizes == std::vector<int>{50, 10});
}

TEST_CASE("a register that cannot be reached is told as it is") {
  DeskOverWire wire;
  const auto gone = absl::UnavailableError("the database is gone");
  wire.published.FailNext(gone);
  CHECK(absl::IsUnavailable(Certificate(wire, ids::NewPublicNumber().value).status()));
  wire.published.FailNext(gone);
  CHECK(absl::IsUnavailable(Search(wire, SearchOf("")).status()));
  wire.published.FailNext(gone);
  const auto gateway = wire.As("gateway");
  grpc::ClientContext context;
  const auto reader = gateway->StreamListedVenues(&context, {});
  v1::StreamListedVenuesResponse response;
  CHECK_FALSE(reader->Read(&response));
  CHECK(absl::IsUnavailable(FromGrpcStatus(reader->Finish())));
}

}  // namespace
}  // namespace oshirase::registry
