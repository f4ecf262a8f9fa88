// DeskService about API keys.
#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/testing/desk_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

v1::IssueApiKeyRequest KeyRequest(const std::string& email = "poem@example.com") {
  v1::IssueApiKeyRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_email(email);
  request.set_label("予約システム");
  return request;
}

absl::StatusOr<v1::IssueApiKeyResponse> Issue(DeskOverWire& wire,
                                              const v1::IssueApiKeyRequest& request) {
  v1::IssueApiKeyResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::IssueApiKey, request, &response);
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ApiKey> Revoke(DeskOverWire& wire, const std::string& id) {
  v1::RevokeApiKeyRequest request;
  request.set_api_key_id(id);
  v1::RevokeApiKeyResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::RevokeApiKey, request, &response);
  if (!status.ok()) return status;
  return response.api_key();
}

absl::StatusOr<v1::ListApiKeysResponse> ListKeys(DeskOverWire& wire,
                                                 const v1::ListApiKeysRequest& request) {
  v1::ListApiKeysResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::ListApiKeys, request, &response);
  if (!status.ok()) return status;
  return response;
}

TEST_CASE("an API key is shown once, works, and ends when it is revoked") {
  DeskOverWire wire;
  const auto request = KeyRequest();

  const auto issued = Issue(wire, request);

  REQUIRE(issued.ok());
  CHECK(issued->secret().starts_with("osk_"));
  CHECK(issued->api_key().email() == "poem@example.com");
  CHECK(issued->api_key().label() == "予約システム");
  CHECK(FromProto(issued->api_key().create_time()) == wire.scene.now);
  const auto holder = wire.scene.credentials.OfApiKey(issued->secret());
  REQUIRE(holder.ok());
  CHECK(holder->actor == "api-key/" + issued->api_key().api_key_id());
  const auto repeated = Issue(wire, request);
  REQUIRE(repeated.ok());
  CHECK(repeated->secret().empty());
  CHECK(repeated->api_key().api_key_id() == issued->api_key().api_key_id());
  const auto revoked = Revoke(wire, issued->api_key().api_key_id());
  REQUIRE(revoked.ok());
  CHECK(FromProto(revoked->revoke_time()) == wire.scene.now);
  CHECK(ReasonOf(wire.scene.credentials.OfApiKey(issued->secret()).status()) == "API_KEY_UNKNOWN");
  CHECK(Revoke(wire, issued->api_key().api_key_id()).ok());
}

TEST_CASE("a key for a business that there is opens that business") {
  DeskOverWire wire;
  const Holder holder = wire.scene.Register();

  const auto issued = Issue(wire, KeyRequest("POEM@example.com"));

  CHECK(wire.scene.credentials.OfApiKey(issued->secret())->business_id == holder.business_id);
}

TEST_CASE("API keys are listed newest first, without secrets") {
  DeskOverWire wire;
  std::vector<std::string> ids;
  std::string secrets;
  for (const auto* email : {"a@example.com", "b@example.com", "c@example.com"}) {
    const auto issued = Issue(wire, KeyRequest(email));
    ids.push_back(issued->api_key().api_key_id());
    secrets = issued->secret();
    wire.scene.now += absl::Minutes(1);
  }
  v1::ListApiKeysRequest request;
  request.set_page_size(2);

  const auto first = ListKeys(wire, request);

  REQUIRE(first->api_keys_size() == 2);
  CHECK(first->api_keys(0).api_key_id() == ids[2]);
  CHECK(first->SerializeAsString().find(secrets) == std::string::npos);
  request.set_page_token(first->next_page_token());
  const auto second = ListKeys(wire, request);
  REQUIRE(second->api_keys_size() == 1);
  CHECK(second->api_keys(0).api_key_id() == ids[0]);
  CHECK(second->next_page_token().empty());
  request.set_page_token("1.2");
  CHECK(ReasonOf(ListKeys(wire, request).status()) == "PAGE_TOKEN_INVALID");
  request.set_page_size(101);
  CHECK(ViolationsOf(ListKeys(wire, request).status()) == Violations{"page_size OUT_OF_RANGE"});
}

TEST_CASE("wrong fields of an API key, and a key of nobody, are refused") {
  DeskOverWire wire;
  auto request = KeyRequest("poem");
  request.set_label("");
  const auto invalid = Issue(wire, request).status();
  CHECK(ReasonOf(invalid) == "API_KEY_INVALID");
  CHECK(ViolationsOf(invalid) == Violations{"email BAD_EMAIL", "label REQUIRED"});
  request.set_request_id("x");
  CHECK(ViolationsOf(Issue(wire, request).status()) == Violations{"request_id NOT_A_UUID"});
  const auto unknown = Revoke(wire, ids::NewUuid()).status();
  CHECK(absl::IsNotFound(unknown));
  CHECK(ReasonOf(unknown) == "API_KEY_UNKNOWN");
  CHECK(ViolationsOf(Revoke(wire, "x").status()) == Violations{"api_key_id NOT_A_UUID"});
}

TEST_CASE("every look at API keys and every change is audited, by the key's id") {
  DeskOverWire wire;
  const auto issued = Issue(wire, KeyRequest());
  REQUIRE(issued.ok());
  REQUIRE(ListKeys(wire, {}).ok());
  const std::string& id = issued->api_key().api_key_id();
  REQUIRE(Revoke(wire, id).ok());

  const auto notes = wire.scene.audit.notes();
  REQUIRE(notes.size() == 3);
  CHECK(
      notes[0] ==
      AuditNote{.actor = "officer/desk-a", .action = "api-key.issued", .subject = id, .facts = {}});
  CHECK(notes[1] == AuditNote{.actor = "officer/desk-a",
                              .action = "api-keys.listed",
                              .subject = "",
                              .facts = {{"shown", std::vector<std::string>{id}}}});
  CHECK(notes[2] ==
        AuditNote{
            .actor = "officer/desk-a", .action = "api-key.revoked", .subject = id, .facts = {}});
}

TEST_CASE("a store of API keys that cannot be reached is told as it is") {
  DeskOverWire wire;
  const auto gone = absl::UnavailableError("the database is gone");
  wire.api_keys.FailNext(gone);
  CHECK(absl::IsUnavailable(Issue(wire, KeyRequest()).status()));
  wire.api_keys.FailNext(gone);
  CHECK(absl::IsUnavailable(ListKeys(wire, {}).status()));
  wire.api_keys.FailNext(gone);
  CHECK(absl::IsUnavailable(Revoke(wire, ids::NewUuid()).status()));
}

}  // namespace
}  // namespace oshirase::registry
