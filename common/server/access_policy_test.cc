#include "common/server/access_policy.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "common/server/testing/echo_service.h"

namespace oshirase {
namespace {

TEST_CASE("nobody may call what has no row, or a row that names nobody") {
  const AccessPolicy policy({{.method = "/p.S/Closed"}});
  for (const char* method : {"/p.S/Closed", "/p.S/Missing", "", "/"}) {
    CAPTURE(method);
    CHECK_FALSE(policy.AllowsService(method, "checkin"));
    CHECK(policy.RolesAllowed(method).empty());
  }
  CHECK(policy.HasRow("/p.S/Closed"));
  CHECK_FALSE(policy.HasRow("/p.S/Missing"));
}

TEST_CASE("rows of one method add up") {
  const AccessPolicy policy({{.method = "/p.S/M", .services = {"checkin"}},
                             {.method = "/p.S/M", .services = {"gateway"}},
                             {.method = "/p.S/M", .roles = {Role::kAudit}}});
  CHECK(policy.AllowsService("/p.S/M", "checkin"));
  CHECK(policy.AllowsService("/p.S/M", "gateway"));
  CHECK_FALSE(policy.AllowsService("/p.S/M", "notifier"));
  CHECK(policy.RolesAllowed("/p.S/M") == Roles{Role::kAudit});
}

TEST_CASE("method names are compared whole and exactly") {
  const AccessPolicy policy({{.method = "/p.S/M", .services = {"checkin"}}});
  for (const char* method : {"/p.S/m", "p.S/M", "/p.S/M/", "//p.S/M", "/p.S/MM", "/p.S/M?"}) {
    CAPTURE(method);
    CHECK_FALSE(policy.AllowsService(method, "checkin"));
  }
}

TEST_CASE("health checks are open to services and closed to officers") {
  const AccessPolicy policy({});
  CHECK(policy.AllowsService("/grpc.health.v1.Health/Check", "gateway"));
  CHECK_FALSE(policy.AllowsService("/grpc.health.v1.Health/Check", "stranger"));
  CHECK(policy.RolesAllowed("/grpc.health.v1.Health/Check").empty());
  CHECK_FALSE(policy.NamesRoles());
}

TEST_CASE("only a policy that names roles needs the officers") {
  CHECK(AccessPolicy({{.method = "/p.S/M", .roles = {Role::kDesk}}}).NamesRoles());
  CHECK_FALSE(AccessPolicy({{.method = "/p.S/M", .services = {"gateway"}}}).NamesRoles());
}

TEST_CASE("a compiled method without a row is noticed") {
  CHECK(CompiledMethods("oshirase.testing.") ==
        std::vector<std::string>{kEchoMethod, kEchoThriceMethod,
                                 "/oshirase.testing.ForgottenService/Forgotten"});
  CHECK(MethodsWithoutRow(EchoPolicy({"checkin"}), "oshirase.testing.") ==
        std::vector<std::string>{"/oshirase.testing.ForgottenService/Forgotten"});
  CHECK(CompiledMethods("oshirase.nowhere.").empty());
}

TEST_CASE("a row whose method does not exist is noticed too") {
  auto methods = AccessPolicy({{.method = "/p.S/Misspelt"}}).methods();
  std::sort(methods.begin(), methods.end());
  CHECK(methods == std::vector<std::string>{"/grpc.health.v1.Health/Check",
                                            "/grpc.health.v1.Health/Watch", "/p.S/Misspelt"});
}

TEST_CASE("roles are a set with names") {
  Roles roles{Role::kSubmit};
  roles.Add(Role::kDesk);
  CHECK(roles.Has(Role::kDesk));
  CHECK_FALSE(roles.Has(Role::kApprove));
  CHECK(roles.HasAnyOf({Role::kApprove, Role::kSubmit}));
  CHECK_FALSE(roles.HasAnyOf({}));
  CHECK(Roles().empty());
  for (const Role role :
       {Role::kSubmit, Role::kApprove, Role::kAudit, Role::kOperate, Role::kDrill, Role::kDesk}) {
    CHECK(*ParseRole(RoleName(role)) == role);
  }
  CHECK_FALSE(ParseRole("Submit").ok());
  CHECK_FALSE(ParseRole("").ok());
}

}  // namespace
}  // namespace oshirase
