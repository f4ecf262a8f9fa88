#include "services/registry/testing/desk_over_wire.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {

std::unique_ptr<PublicStub> DeskOverWire::As(const std::string& service) {
  return v1::PublicService::NewStub(server_.ChannelAsService(service));
}

std::unique_ptr<DeskStub> DeskOverWire::AsOfficer(const std::string& id) {
  server_.officers().Enroll(id, {Role::kDesk});
  return v1::DeskService::NewStub(server_.ChannelAsOfficer(id));
}

std::string DeskOverWire::SubmitEnquiry() {
  v1::SubmitEnquiryResponse response;
  REQUIRE(
      CallOn(*As("gateway"), &PublicStub::SubmitEnquiry, ExampleEnquiryProto(), &response).ok());
  return response.enquiry_number();
}

std::string DeskOverWire::AddListed(const std::string& name) {
  auto details = ExampleDetails();
  details.name = name;
  details.listed = true;
  const auto addition = ExampleAddition(ExampleVenue(scene.now, details));
  REQUIRE(scene.venues.Insert(addition).ok());
  return addition.certificate.number;
}

v1::SubmitEnquiryRequest ExampleEnquiryProto() {
  v1::SubmitEnquiryRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_email("poem@example.com");
  request.set_name("詩織");
  request.set_subject("QRコードについて");
  request.set_text("印刷できません。\r\nどうすればよいですか。");
  return request;
}

v1::SubmitReportRequest ExampleReportProto() {
  v1::SubmitReportRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_subject(v1::REPORT_SUBJECT_TAMPERED_QR);
  request.set_place("駅前の喫茶店");
  request.set_text("QRコードの上に別の紙が貼ってあります。");
  return request;
}

}  // namespace oshirase::registry
