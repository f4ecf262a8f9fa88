#include "services/registry/testing/business_over_wire.h"

#include <catch2/catch.hpp>

namespace oshirase::registry {

BusinessOverWire::BusinessOverWire() = default;

std::unique_ptr<BusinessStub> BusinessOverWire::As(const std::string& service) {
  return v1::BusinessService::NewStub(server_.ChannelAsService(service));
}

v1::VenueDetails ExampleDetailsProto() {
  const VenueDetails details = ExampleDetails();
  v1::VenueDetails proto;
  proto.set_name(details.name);
  proto.set_kana(details.kana);
  proto.set_kind(details.kind);
  proto.set_postal_code(details.postal_code);
  proto.set_municipality(details.municipality);
  proto.set_address(details.address);
  proto.set_phone(details.phone);
  proto.set_email(details.email);
  proto.set_business_name(details.business_name);
  for (const auto& id : details.measure_ids) proto.add_measure_ids(id);
  for (const auto& text : details.own_measures) proto.add_own_measures(text);
  proto.set_name_consent(details.name_consent);
  return proto;
}

v1::OpenSessionResponse BusinessOverWire::Register() {
  v1::OpenSessionRequest request;
  request.set_link_token(scene.MailedToken());
  v1::OpenSessionResponse response;
  REQUIRE(Call(*As("gateway"), &BusinessStub::OpenSession, request, &response).ok());
  return response;
}

}  // namespace oshirase::registry
