#include "services/registry/testing/registry_over_wire.h"

#include <fstream>
#include <iterator>

#include "google/rpc/error_details.pb.h"
#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {

RegistryOverWire::RegistryOverWire()
    : registrar_(scene.venues, ExampleCatalogue(), ExampleCertificates(), clock_),
      search_(scene.venues, scene.audit),
      outer_keys_(scene.seeds(), ReleaseScene::kRetentionDays, clock_),
      officers_(scene.officers,
                SystemClock()),  // certificates are valid now, not in the scene's 2020
      service_({registrar_, decisions_, search_, outer_keys_, scene.releaser(), officers_,
                scene.audit, code_changes, ExampleCatalogue()}),
      server_("registry", RegistryPolicy(), {&service_}) {}

std::unique_ptr<Stub> RegistryOverWire::As(const std::string& service) {
  return v1::RegistryService::NewStub(server_.ChannelAsService(service));
}

std::unique_ptr<Stub> RegistryOverWire::As(Role role) {
  const std::string id(RoleName(role));
  server_.officers().Enroll(id, {role});
  return v1::RegistryService::NewStub(server_.ChannelAsOfficer(id));
}

std::string RegistryOverWire::CertificateOf(const std::string& officer_id) {
  std::ifstream file(server_.certificates().Officer(officer_id).certificate);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> ViolationsOf(const absl::Status& status) {
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest details;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) return {};
  std::vector<std::string> violations;
  for (const auto& violation : details.field_violations())
    violations.push_back(violation.field() + " " + violation.reason());
  return violations;
}

}  // namespace oshirase::registry
