// The whole service over a real connection with mutual TLS, on fakes of every store. It shows what
// callers see; that the fakes do as Postgres does is shown by the contracts.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"
#include "oshirase/registry/v1/registry_service.grpc.pb.h"
#include "services/registry/rpc/registry_policy.h"
#include "services/registry/rpc/registry_service.h"
#include "services/registry/testing/fake_code_change_store.h"
#include "services/registry/testing/fake_decision_store.h"
#include "services/registry/testing/fake_own_venue_store.h"
#include "services/registry/testing/fake_register_store.h"
#include "services/registry/testing/fake_scene.h"

namespace oshirase::registry {

using Stub = v1::RegistryService::Stub;

// Not thread-safe.
class RegistryOverWire {
 public:
  RegistryOverWire();

  // A stub as that service, or as an officer with that one role.
  std::unique_ptr<Stub> As(const std::string& service);
  std::unique_ptr<Stub> As(Role role);

  // The officer's certificate in PEM.
  std::string CertificateOf(const std::string& officer_id);

  FakeScene scene;
  FakeCodeChangeStore code_changes;

 private:
  const Clock clock_ = [this] { return scene.now; };
  FakeRegisterStore entries_{scene.venues.shared()};
  FakeDecisionStore decision_store_{scene.venues.shared()};
  FakeOwnVenueStore own_venues_{scene.venues.shared()};
  VenueDecisions decisions_{{.entries = entries_,
                             .decisions = decision_store_,
                             .venues = scene.venues,
                             .own_venues = own_venues_,
                             .clock = clock_}};
  Registrar registrar_;
  VenueSearch search_;
  OuterKeys outer_keys_;
  Officers officers_;
  RegistryServiceImpl service_;
  TestServer server_;
};

// Makes one call: Call(*stub, &Stub::GetOfficer, request, &response).
template <typename Request, typename Response>
absl::Status Call(Stub& stub,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request, Response* response) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  return FromGrpcStatus((stub.*method)(&context, request, response));
}

// The BadRequest violations of a status, as "field REASON", in order.
std::vector<std::string> ViolationsOf(const absl::Status& status);

}  // namespace oshirase::registry
