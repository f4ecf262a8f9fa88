#include "services/gateway/api/venue_actions_api.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "common/time/japan_time.h"
#include "services/gateway/testing/api_site.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

using Places = std::vector<std::string>;

// A business with one venue.
struct OwnVenueSite : ApiSite {
  const std::string path = "/api/v1/venues/" + Add("みなと食堂");
};

TEST_CASE("a code is replaced once for each idempotency key") {
  OwnVenueSite site;
  const auto before = BodyOf(site.Get(site.path));
  const ApiSite::Headers key = {{"Idempotency-Key", "one"}};
  const HttpResponse response = site.Send("POST", site.path + "/code", R"({"grace_days":7})", key);
  CHECK(response.status == 200);
  const auto after = BodyOf(response);
  CHECK(after["venue_code"] != before["venue_code"]);
  CHECK(after["old_code_end_time"].is_string());
  CHECK(site.Send("POST", site.path + "/code", R"({"grace_days":7})", key).body == response.body);
  const HttpResponse other = site.Send("POST", site.path + "/code", R"({"grace_days":0})", key);
  CHECK(ProblemIn(other) == "idempotency-key-reused");
  const auto at_once = BodyOf(site.Send("POST", site.path + "/code", R"({"grace_days":0})"));
  CHECK(at_once["venue_code"] != after["venue_code"]);
  CHECK(at_once["old_code_end_time"].is_null());
}

TEST_CASE("the same idempotency key on two venues is two replacements") {
  OwnVenueSite site;
  const std::string other = "/api/v1/venues/" + site.Add("二号店");
  const ApiSite::Headers key = {{"Idempotency-Key", "one"}};
  CHECK(site.Send("POST", site.path + "/code", R"({"grace_days":1})", key).status == 200);
  CHECK(site.Send("POST", other + "/code", R"({"grace_days":1})", key).status == 200);
}

TEST_CASE("a grace is whole days, up to thirty") {
  OwnVenueSite site;
  const struct {
    const char* body;
    const char* place;
  } cases[] = {{"{}", "#/grace_days REQUIRED"},
               {R"({"grace_days":31})", "#/grace_days OUT_OF_RANGE"},
               {R"({"grace_days":-1})", "#/grace_days OUT_OF_RANGE"},
               {R"({"grace_days":18446744073709551615})", "#/grace_days OUT_OF_RANGE"},
               {R"({"grace_days":1e99})", "#/grace_days WRONG_TYPE"},
               {R"({"grace_days":"7"})", "#/grace_days WRONG_TYPE"}};
  for (const auto& [body, place] : cases) {
    CHECK(PlacesIn(site.Send("POST", site.path + "/code", body)) == Places{place});
  }
}

TEST_CASE("a venue is closed and opened again, unless the prefecture suspended it") {
  OwnVenueSite site;
  const auto set = [&](const std::string& body) {
    return site.Send("PUT", site.path + "/state", body);
  };
  CHECK(BodyOf(set(R"({"state":"closed"})"))["state"] == "closed");
  CHECK(BodyOf(set(R"({"state":"closed"})"))["state"] == "closed");
  CHECK(BodyOf(set(R"({"state":"open"})"))["state"] == "open");
  CHECK(PlacesIn(set(R"({"state":"suspended"})")) == Places{"#/state NOT_ONE_OF"});
  CHECK(PlacesIn(set("{}")) == Places{"#/state REQUIRED"});
  site.business.Suspend(site.business.venues().front().venue_id);
  const HttpResponse refused = set(R"({"state":"open"})");
  CHECK(refused.status == 409);
  CHECK(ProblemIn(refused) == "venue-suspended");
  CHECK(BodyOf(site.Get(site.path))["state"] == "suspended");
}

TEST_CASE("visits are told by the day, rounded, to the venue's own business alone") {
  OwnVenueSite site;
  const Day day = *ParseDay("2026-11-21");
  site.visits.Answer({{day, 0}, {day + 1, 20}});
  const auto body = BodyOf(site.Get(site.path + "/visits"));
  CHECK(body["days"].size() == 2);
  CHECK(body["days"][1] ==
        nlohmann::json{{"day", "2026-11-22"}, {"visits_from", 20}, {"visits_to", 29}});
  const std::string other = "/api/v1/venues/0b7e3c1e-6f0e-4d1b-9d2a-6f4f6a1f2c33/visits";
  CHECK(ProblemIn(site.Get(other)) == "venue-not-found");
  CHECK(site.visits.asked().size() == 1);
  site.visits.FailNext(absl::NotFoundError("checkin knows no venues"));
  CHECK(ProblemIn(site.Get(site.path + "/visits")) == "unavailable");
}

TEST_CASE("everything to print is there, each in its type") {
  OwnVenueSite site;
  const auto links = BodyOf(site.Get(site.path))["links"]["documents"];
  CHECK(links.size() == 6);
  for (const auto& [name, link] : links.items()) {
    const std::string target =
        link.get<std::string>().substr(std::string("https://oshirase.example").size());
    const HttpResponse file = site.Get(target);
    INFO(target);
    CHECK(file.status == 200);
    CHECK(HeaderOf(file, "Content-Disposition") ==
          "attachment; filename=\"" + target.substr(target.rfind('/') + 1) + "\"");
    const std::string start = name == "qr-svg" ? "<" : name == "qr-png" ? "\x89PNG" : "%PDF";
    CHECK(file.body.substr(0, start.size()) == start);
    CHECK(ProblemIn(site.Get(target, {{"Accept", "application/json"}})) == "not-acceptable");
  }
}

TEST_CASE("a certificate that cannot be drawn says why") {
  OwnVenueSite site;
  site.business.FailNext(
      ReasonedError(absl::StatusCode::kFailedPrecondition, "NO_CERTIFICATE", "none"));
  CHECK(ProblemIn(site.Get(site.path + "/documents/certificate.pdf")) == "no-certificate");
  site.business.FailNext(
      ReasonedError(absl::StatusCode::kFailedPrecondition, "CERTIFICATE_WITHDRAWN", "gone"));
  CHECK(ProblemIn(site.Get(site.path + "/documents/certificate.pdf")) == "certificate-withdrawn");
  site.business.ForgetCertificate(site.business.venues().front().venue_id);
  const auto venue = BodyOf(site.Get(site.path));
  CHECK(venue["certificate"].is_null());
  CHECK_FALSE(venue["links"]["documents"].contains("certificate"));
  CHECK_FALSE(venue["links"].contains("certificate_page"));
}

}  // namespace
}  // namespace oshirase::gateway
