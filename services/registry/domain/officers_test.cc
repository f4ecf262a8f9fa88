#include "services/registry/domain/officers.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "common/server/testing/test_certificates.h"
#include "services/registry/domain/errors.h"
#include "services/registry/testing/fake_officer_store.h"

namespace oshirase::registry {
namespace {

std::string Content(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Scene {
  TestCertificates certificates;
  FakeAuditStore audit;
  FakeOfficerStore store{audit};
  Officers officers{store, SystemClock()};

  std::string CertificateOf(const std::string& id) {
    return Content(certificates.Officer(id).certificate);
  }
  absl::StatusOr<Officer> Enrol(const std::string& id, Roles roles, const std::string& pem) {
    return officers.Enrol(
        {.officer_id = id, .roles = roles, .certificate_pem = pem, .actor = "officer/op"});
  }
};

TEST_CASE("an enrolled officer may do what the roles say, until revoked") {
  Scene scene;
  REQUIRE(scene.Enrol("ann", {Role::kSubmit}, scene.CertificateOf("ann")).ok());

  CHECK(*scene.officers.RolesOf("ann") == Roles{Role::kSubmit});
  CHECK(scene.officers.RolesOf("bob")->empty());
  REQUIRE(scene.officers.Revoke("ann", "異動", "officer/op").ok());
  CHECK(scene.officers.RolesOf("ann")->empty());
  CHECK(scene.audit.actions() == std::vector<std::string>{"officer.enrolled", "officer.revoked"});
}

TEST_CASE("a certificate that is not this person's, or no use, enrols nobody") {
  Scene scene;
  const Roles roles{Role::kApprove};
  using Issuer = TestCertificateOptions::Issuer;
  const auto expired = scene.certificates.Issue(
      {.issuer = Issuer::kOfficers, .uri = OfficerUri("ann"), .valid_for = -absl::Hours(1)});
  const auto service = scene.certificates.Service("gateway");

  for (const auto& pem : {scene.CertificateOf("bob"), Content(expired.certificate),
                          Content(service.certificate), std::string("no certificate")}) {
    CHECK(ReasonOf(scene.Enrol("ann", roles, pem).status()) == "OFFICER_INVALID");
  }
  CHECK(ReasonOf(scene.Enrol("ann", {}, scene.CertificateOf("ann")).status()) == "OFFICER_INVALID");
  CHECK(ReasonOf(scene.officers.Get("ann").status()) == "OFFICER_NOT_FOUND");
}

TEST_CASE("the first operator is enrolled once") {
  Scene scene;

  REQUIRE(scene.officers.EnrolFirstOperator(scene.CertificateOf("op")).ok());
  REQUIRE(scene.officers.EnrolFirstOperator(scene.CertificateOf("other")).ok());

  CHECK(*scene.officers.RolesOf("op") == Roles{Role::kOperate});
  CHECK(scene.officers.RolesOf("other")->empty());
  CHECK(ReasonOf(scene.officers.EnrolFirstOperator("nonsense")) == "OFFICER_INVALID");
}

TEST_CASE("who an officer is cannot be answered while the store is away") {
  Scene scene;
  scene.store.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(scene.officers.RolesOf("ann").status()));
}

}  // namespace
}  // namespace oshirase::registry
