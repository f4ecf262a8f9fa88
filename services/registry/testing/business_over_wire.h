// BusinessService over a real connection with mutual TLS, on fakes of every store. It shows what
// callers see; that the fakes do as Postgres does is shown by the contracts.
#pragma once

#include <memory>
#include <string>

#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"
#include "oshirase/registry/v1/business_service.grpc.pb.h"
#include "services/registry/rpc/business_service.h"
#include "services/registry/rpc/registry_policy.h"
#include "services/registry/testing/business_scene.h"
#include "services/registry/testing/fake_bundle_files.h"
#include "services/registry/testing/fake_document_printer.h"

namespace oshirase::registry {

using BusinessStub = v1::BusinessService::Stub;

// Not thread-safe.
class BusinessOverWire {
 public:
  BusinessOverWire();

  // A stub as that service.
  std::unique_ptr<BusinessStub> As(const std::string& service);

  // Registers ExampleDetails() through the service and returns the session.
  v1::OpenSessionResponse Register();

  BusinessScene scene;
  FakeDocumentPrinter printer;
  FakeBundleFiles files;

 private:
  Bundles bundles_{
      {.venues = scene.own_venues, .printer = printer, .files = files, .clock = scene.clock}};
  BusinessServiceImpl service_{{.sign_in = scene.sign_in,
                                .credentials = scene.credentials,
                                .keeper = scene.keeper,
                                .import = scene.import,
                                .printer = printer,
                                .bundles = bundles_,
                                .catalogue = ExampleCatalogue(),
                                .clock = scene.clock}};
  TestServer server_{"registry", RegistryPolicy(), {&service_}};
};

// ExampleDetails() on the wire.
v1::VenueDetails ExampleDetailsProto();

// Makes one call: Call(*stub, &BusinessStub::GetBusiness, request, &response).
template <typename Request, typename Response>
absl::Status Call(BusinessStub& stub,
                  grpc::Status (BusinessStub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                  const Request& request, Response* response) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  return FromGrpcStatus((stub.*method)(&context, request, response));
}

}  // namespace oshirase::registry
