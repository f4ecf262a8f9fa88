#include "common/client/identity.h"

#include <catch2/catch.hpp>

namespace oshirase {
namespace {

TEST_CASE("services and officers are told apart by their trust domain") {
  CHECK(ParseIdentity({"spiffe://services.oshirase/registry"}) ==
        Caller{Caller::Kind::kService, "registry"});
  CHECK(ParseIdentity({"spiffe://officers.oshirase/officer-a"}) ==
        Caller{Caller::Kind::kOfficer, "officer-a"});
  CHECK(ParseIdentity({ServiceUri("checkin")}).name == "checkin");
  CHECK(ParseIdentity({OfficerUri("auditor")}).kind == Caller::Kind::kOfficer);
}

TEST_CASE("anything near an identity is none") {
  const auto uri =
      GENERATE("", "registry", "spiffe://services.oshirase/", "spiffe://services.oshirase",
               "spiffe://services.oshirase/registry/", "spiffe://services.oshirase/a/b",
               "spiffe://services.oshirase//registry", "spiffe://services.oshirase/Registry",
               "SPIFFE://services.oshirase/registry", "spiffe://services.oshirase.example/registry",
               "spiffe://x.services.oshirase/registry", "spiffe://services.oshirase:443/registry",
               "spiffe://services.oshirase/registry?x", "spiffe://services.oshirase/re gistry",
               "https://services.oshirase/registry", " spiffe://services.oshirase/registry",
               "spiffe://services.oshirase/"
               "0123456789012345678901234567890123456789012345678901234567890123");
  CAPTURE(uri);
  CHECK(ParseIdentity({uri}) == Caller{});
}

TEST_CASE("none or several identities are none") {
  CHECK(ParseIdentity({}) == Caller{});
  CHECK(ParseIdentity({ServiceUri("gateway"), ServiceUri("gateway")}) == Caller{});
  CHECK(ParseIdentity({ServiceUri("gateway"), "https://example.org"}) == Caller{});
}

TEST_CASE("a name that hides a NUL is none") {
  CHECK(ParseIdentity({absl::string_view("spiffe://services.oshirase/reg\0istry", 37)}) ==
        Caller{});
}

}  // namespace
}  // namespace oshirase
