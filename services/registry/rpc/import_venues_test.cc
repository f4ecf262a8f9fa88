#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/registry/testing/business_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

class Import {
 public:
  explicit Import(BusinessOverWire& wire)
      : stub_(wire.As("gateway")), session_(wire.Register().session_token()) {}

  v1::ImportVenuesRequest Head() const {
    v1::ImportVenuesRequest message;
    message.mutable_head()->mutable_credential()->set_session_token(session_);
    message.mutable_head()->set_request_id(ids::NewUuid());
    return message;
  }

  static v1::ImportVenuesRequest Row(const std::string& name) {
    v1::ImportVenuesRequest message;
    *message.mutable_row() = ExampleDetailsProto();
    message.mutable_row()->set_name(name);
    return message;
  }

  absl::Status Send(const std::vector<v1::ImportVenuesRequest>& messages) {
    grpc::ClientContext context;
    const auto writer = stub_->ImportVenues(&context, &response);
    for (const auto& message : messages) {
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    return FromGrpcStatus(writer->Finish());
  }

  v1::ImportVenuesResponse response;

 private:
  std::unique_ptr<BusinessStub> stub_;
  std::string session_;
};

TEST_CASE("rows that are right become venues") {
  BusinessOverWire wire;
  Import import(wire);

  REQUIRE(import.Send({import.Head(), Import::Row("一"), Import::Row("二")}).ok());

  CHECK(import.response.venue_count() == 2);
  CHECK(import.response.problems().empty());
}

TEST_CASE("what is wrong with rows is in the answer, and none becomes a venue") {
  BusinessOverWire wire;
  Import import(wire);

  REQUIRE(import.Send({import.Head(), Import::Row("一"), Import::Row("")}).ok());

  CHECK(import.response.venue_count() == 0);
  REQUIRE(import.response.problems_size() == 1);
  CHECK(import.response.problems(0).field() == "rows[1].name");
  CHECK(import.response.problems(0).reason() == "REQUIRED");
  CHECK(wire.scene.audit.actions() == std::vector<std::string>{"venue.registered"});
}

TEST_CASE("a thousand problems still reach the caller") {
  BusinessOverWire wire;
  Import import(wire);
  std::vector<v1::ImportVenuesRequest> messages = {import.Head()};
  for (int i = 0; i < 1200; ++i) messages.push_back(Import::Row(""));

  REQUIRE(import.Send(messages).ok());

  CHECK(import.response.problems_size() == 1000);
}

TEST_CASE("a stream that does not begin with who imports is refused") {
  BusinessOverWire wire;
  Import import(wire);
  CHECK(ViolationsOf(import.Send({Import::Row("一")})) ==
        std::vector<std::string>{"head REQUIRED"});
  CHECK(ViolationsOf(import.Send({})) == std::vector<std::string>{"head REQUIRED"});
  CHECK(ViolationsOf(import.Send({import.Head()})) == std::vector<std::string>{"rows REQUIRED"});
  CHECK(ViolationsOf(import.Send({import.Head(), import.Head()})) ==
        std::vector<std::string>{"row REQUIRED", "rows REQUIRED"});
  auto stranger = import.Head();
  stranger.mutable_head()->mutable_credential()->set_session_token("guess");
  CHECK(ReasonOf(import.Send({stranger, Import::Row("一")})) == "SESSION_ENDED");
}

TEST_CASE("more rows than a file may have are refused") {
  BusinessOverWire wire;
  Import import(wire);
  std::vector<v1::ImportVenuesRequest> messages = {import.Head()};
  for (size_t i = 0; i <= VenueImport::kMaxRows; ++i)
    messages.push_back(Import::Row(absl::StrCat(i)));

  const auto status = import.Send(messages);

  CHECK(absl::IsOutOfRange(status));
  CHECK(ReasonOf(status) == "TOO_MANY_ROWS");
}

}  // namespace
}  // namespace oshirase::registry
