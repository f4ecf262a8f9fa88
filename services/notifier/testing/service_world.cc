#include "services/notifier/testing/service_world.h"

#include "common/ids/uuid.h"
#include "common/status/grpc_status.h"
#include "services/notifier/rpc/signature_convert.h"
#include "services/notifier/rpc/statement_reader.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {

WireScene::WireScene() {
  reader = ReadStatement;
  RestartProcess();
}

ServiceWorld::ServiceWorld() {
  scene.registry.AddVenue({.venue_id = TestVenue(1), .name = "喫茶"});
  scene.registry.AddVenue({.venue_id = TestVenue(2), .name = "訓練室", .drill = true});
  REQUIRE(desk.Maintain().ready);
  for (const char* officer :
       {"officer-a", "officer-b", "officer-c", "auditor", "driller", "driller-b"}) {
    server.officers().Enroll(officer, *process.officers.RolesOf(officer));
  }
}

std::unique_ptr<v1::NotifierService::Stub> ServiceWorld::As(const std::string& officer) {
  return v1::NotifierService::NewStub(server.ChannelAsOfficer(officer));
}

v1::PrepareCaseRequest ServiceWorld::Prepare(bool drill) {
  v1::PrepareCaseRequest request;
  request.set_drill(drill);
  auto* exposure = request.add_exposures();
  exposure->set_venue_id(TestVenue(drill ? 2 : 1).value);
  exposure->mutable_from_time()->set_seconds(absl::ToUnixSeconds(From()));
  exposure->mutable_to_time()->set_seconds(absl::ToUnixSeconds(From() + absl::Hours(1)));
  exposure->set_stay_seconds(3600);
  exposure->set_linger_seconds(1800);
  return request;
}

v1::SubmitCaseRequest ServiceWorld::Submission(const std::string& officer, bool drill) {
  grpc::ClientContext context;
  v1::PrepareCaseResponse prepared;
  REQUIRE_OK(FromGrpcStatus(As(officer)->PrepareCase(&context, Prepare(drill), &prepared)));
  registry::v1::Statement statement;
  statement.set_request_id(ids::NewUuid());
  statement.set_case_ref("K-1");
  statement.set_notice_number(prepared.notice_number());
  statement.set_drill(drill);
  *statement.mutable_exposures() = Prepare(drill).exposures();
  statement.set_template_(prepared.template_());
  statement.set_template_version(prepared.template_version());
  statement.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(TestNoon() + absl::Hours(1)));
  v1::SubmitCaseRequest request;
  for (const auto& message : prepared.messages()) {
    const auto digest = crypto::Sha256(message.line_messages_json());
    auto* proto = statement.add_message_digests();
    proto->set_language(message.language());
    proto->set_sha256(digest.data(), digest.size());
    *request.add_messages() = message;
  }
  request.set_statement(statement.SerializeAsString());
  ToProto(scene.Sign(officer, crypto::SignatureRole::kSubmit, request.statement()),
          request.mutable_signature());
  return request;
}

v1::Case ServiceWorld::Submit(bool drill) {
  const std::string officer = drill ? "driller" : "officer-a";
  grpc::ClientContext context;
  v1::SubmitCaseResponse response;
  REQUIRE_OK(
      FromGrpcStatus(As(officer)->SubmitCase(&context, Submission(officer, drill), &response)));
  return response.case_();
}

absl::StatusOr<v1::Case> ServiceWorld::Approve(const std::string& officer,
                                               const std::string& case_id) {
  v1::ApproveCaseRequest request;
  request.set_case_id(case_id);
  const auto file = scene.cases.GetFile(case_id);
  ToProto(scene.Sign(officer, crypto::SignatureRole::kApprove,
                     file.ok() ? file->statement : std::string()),
          request.mutable_signature());
  grpc::ClientContext context;
  v1::ApproveCaseResponse response;
  const auto status = FromGrpcStatus(As(officer)->ApproveCase(&context, request, &response));
  if (!status.ok()) return status;
  return response.case_();
}

}  // namespace oshirase::notifier
