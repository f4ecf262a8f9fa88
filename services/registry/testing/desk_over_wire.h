// PublicService and DeskService over a real connection with mutual TLS, on fakes of every store. It
// shows what callers see; that the fakes do as Postgres does is shown by the contracts.
#pragma once

#include <memory>
#include <string>

#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/rpc/public_service.h"
#include "services/registry/rpc/registry_policy.h"
#include "services/registry/testing/desk_scene.h"
#include "services/registry/testing/fake_api_key_store.h"
#include "services/registry/testing/fake_letter_store.h"
#include "services/registry/testing/fake_public_venue_store.h"

namespace oshirase::registry {

using PublicStub = v1::PublicService::Stub;
using DeskStub = v1::DeskService::Stub;

// Not thread-safe.
class DeskOverWire {
 public:
  // A stub of PublicService as that service; one of DeskService as an officer of that name with
  // role desk.
  std::unique_ptr<PublicStub> As(const std::string& service);
  std::unique_ptr<DeskStub> AsOfficer(const std::string& id = "desk-a");

  // An enquiry by poem@example.com, submitted; returns its number.
  std::string SubmitEnquiry();

  // A venue that is listed, of that name; returns its certificate's number.
  std::string AddListed(const std::string& name);

  DeskScene scene;
  FakeLetterStore letters{scene.shared};
  FakeApiKeyStore api_keys{scene.shared};
  FakePublicVenueStore published{scene.shared};

 private:
  PublicRegister public_register_{published};
  LetterBox letter_box_{letters, scene.clock};
  ApiKeys keys_{api_keys, scene.clock};
  PublicServiceImpl public_service_{{.venues = public_register_, .letters = letter_box_}};
  DeskServiceImpl desk_service_{{.desk = scene.desk,
                                 .editor = scene.editor,
                                 .decisions = scene.decisions,
                                 .reissue = scene.reissue,
                                 .catalogue = ExampleCatalogue(),
                                 .letters = letter_box_,
                                 .api_keys = keys_}};
  TestServer server_{"registry", RegistryPolicy(), {&public_service_, &desk_service_}};
};

// An enquiry and a report whose every field is right, with a fresh request id.
v1::SubmitEnquiryRequest ExampleEnquiryProto();
v1::SubmitReportRequest ExampleReportProto();

// Makes one call: CallOn(*stub, &DeskStub::CloseLetter, request, &response).
template <typename ServiceStub, typename Request, typename Response>
absl::Status CallOn(ServiceStub& stub,
                    grpc::Status (ServiceStub::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                    const Request& request, Response* response) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  return FromGrpcStatus((stub.*method)(&context, request, response));
}

}  // namespace oshirase::registry
