// The service over real mutual TLS, with its access policy, on the fakes of the domain.
#include "services/notifier/rpc/notifier_service.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "google/rpc/error_details.pb.h"
#include "services/notifier/rpc/notifier_policy.h"
#include "services/notifier/rpc/signature_convert.h"
#include "services/notifier/rpc/statement_reader.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();
const absl::Time kFrom = kNoon - absl::Hours(3);

// A scene whose statements are those of the wire.
struct WireScene : Scene {
  WireScene() {
    reader = ReadStatement;
    RestartProcess();
  }
};

struct World {
  World() {
    REQUIRE(desk.Maintain().ready);
    for (const char* officer : {"officer-a", "officer-b", "officer-c", "auditor", "driller"}) {
      server.officers().Enroll(officer, *process.officers.RolesOf(officer));
    }
  }

  std::unique_ptr<v1::NotifierService::Stub> As(const std::string& officer) {
    return v1::NotifierService::NewStub(server.ChannelAsOfficer(officer));
  }

  v1::PrepareCaseRequest Prepare() {
    v1::PrepareCaseRequest request;
    auto* exposure = request.add_exposures();
    exposure->set_venue_id(TestVenue(1).value);
    exposure->mutable_from_time()->set_seconds(absl::ToUnixSeconds(kFrom));
    exposure->mutable_to_time()->set_seconds(absl::ToUnixSeconds(kFrom + absl::Hours(1)));
    exposure->set_stay_seconds(3600);
    exposure->set_linger_seconds(1800);
    return request;
  }

  // A request as the officer's program makes it from what PrepareCase answered.
  v1::SubmitCaseRequest Submission(const std::string& officer) {
    grpc::ClientContext context;
    v1::PrepareCaseResponse prepared;
    REQUIRE_OK(FromGrpcStatus(As(officer)->PrepareCase(&context, Prepare(), &prepared)));
    registry::v1::Statement statement;
    statement.set_request_id(ids::NewUuid());
    statement.set_case_ref("K-1");
    statement.set_notice_number(prepared.notice_number());
    *statement.mutable_exposures() = Prepare().exposures();
    statement.set_template_(prepared.template_());
    statement.set_template_version(prepared.template_version());
    statement.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(kNoon + absl::Hours(1)));
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

  v1::Case Submit() {
    grpc::ClientContext context;
    v1::SubmitCaseResponse response;
    REQUIRE_OK(
        FromGrpcStatus(As("officer-a")->SubmitCase(&context, Submission("officer-a"), &response)));
    return response.case_();
  }

  absl::StatusOr<v1::Case> Approve(const std::string& officer, const std::string& case_id) {
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

  WireScene scene;
  Scene::Process& process = scene.process();
  keyring::DayKeys tag_keys{process.day_ring, keyring::kTagKey};
  DayKeyDesk desk{process.inner_keys, tag_keys, [] { return kNoon; }, Scene::kRetentionDays};
  CasePreparer preparer{{scene.cases, scene.registry, scene.line, [] { return kNoon; }},
                        {.prefecture = "県", .consultation_phone = "0", .public_url = "https://x"}};
  NotifierServiceImpl service{{scene.cases, preparer, process.previewer, process.entry,
                               process.decisions, desk, process.departures, scene.audit}};
  TestServer server{"notifier", NotifierPolicy(), {&service}};
};

TEST_CASE("every compiled method has a row in the access policy, and every row a method") {
  CHECK(MethodsWithoutRow(NotifierPolicy(), "oshirase.notifier.").empty());
  const auto compiled = CompiledMethods("oshirase.notifier.");
  for (const std::string& method : NotifierPolicy().methods()) {
    if (method.rfind("/oshirase.notifier.", 0) != 0) continue;  // health is everybody's
    CAPTURE(method);
    CHECK(std::find(compiled.begin(), compiled.end(), method) != compiled.end());
  }
}

TEST_CASE("a case goes from preparing over the wire to its last message") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const v1::Case entered = world.Submit();
  CHECK(entered.state() == v1::CASE_STATE_SUBMITTED);
  CHECK(entered.signatures() == 1);
  CHECK(entered.recipients() == v1::BUCKET_UNSPECIFIED);

  const auto approved = world.Approve("officer-b", entered.case_id());
  REQUIRE_OK(approved);
  CHECK(approved->state() == v1::CASE_STATE_APPROVED);
  world.scene.RunAll();

  grpc::ClientContext context;
  v1::GetCaseRequest request;
  request.set_case_id(entered.case_id());
  v1::GetCaseResponse response;
  REQUIRE_OK(FromGrpcStatus(world.As("auditor")->GetCase(&context, request, &response)));
  CHECK(response.case_().state() == v1::CASE_STATE_SENT);
  CHECK(response.case_().accepted() == 1);
  CHECK(response.case_().recipients() == v1::BUCKET_0_TO_9);
  CHECK(response.case_().seconds_to_notice() >= 0);
  CHECK(response.signatures_size() == 2);
  CHECK(response.messages_size() == 1);
  CHECK_FALSE(response.statement().empty());
}

TEST_CASE("a refusal keeps its reason on the wire") {
  World world;
  const v1::Case entered = world.Submit();

  CHECK(ReasonOf(world.Approve("officer-a", entered.case_id()).status()) == "OWN_CASE");
  CHECK(ReasonOf(world.Approve("officer-b", ids::NewUuid()).status()) == "CASE_NOT_FOUND");
}

TEST_CASE("wrong fields are told by name") {
  World world;
  auto request = world.Prepare();
  request.mutable_exposures(0)->set_stay_seconds(1);
  grpc::ClientContext context;
  v1::PrepareCaseResponse response;

  const auto status =
      FromGrpcStatus(world.As("officer-a")->PrepareCase(&context, request, &response));

  CHECK(ReasonOf(status) == "CASE_INVALID");
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  REQUIRE(payload.has_value());
  google::rpc::BadRequest details;
  REQUIRE(details.ParseFromString(std::string(*payload)));
  REQUIRE(details.field_violations_size() == 1);
  CHECK(details.field_violations(0).field() == "exposures[0].stay_seconds");
}

TEST_CASE("malformed ids, signatures, pages and settlements are refused") {
  World world;
  const auto stub = world.As("officer-a");
  const auto reason = [](const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); };
  {
    grpc::ClientContext context;
    v1::GetCaseRequest request;
    request.set_case_id("1; DROP TABLE");
    v1::GetCaseResponse response;
    CHECK(reason(stub->GetCase(&context, request, &response)) == "REQUEST_INVALID");
  }
  {
    grpc::ClientContext context;
    auto request = world.Submission("officer-a");
    request.mutable_signature()->set_signature("short");
    v1::SubmitCaseResponse response;
    CHECK(reason(stub->SubmitCase(&context, request, &response)) == "REQUEST_INVALID");
  }
  {
    grpc::ClientContext context;
    v1::ListCasesRequest request;
    request.set_page_token("junk");
    v1::ListCasesResponse response;
    CHECK(reason(stub->ListCases(&context, request, &response)) == "REQUEST_INVALID");
  }
  {
    grpc::ClientContext context;
    v1::SettleCaseRequest request;
    request.set_case_id(ids::NewUuid());
    v1::SettleCaseResponse response;
    CHECK(reason(stub->SettleCase(&context, request, &response)) == "REQUEST_INVALID");
  }
}

TEST_CASE("keys go to the gateway and to nobody else") {
  World world;
  v1::GetDayKeysRequest request;
  request.add_days(DayOf(kNoon).value);
  v1::GetDayKeysResponse response;
  {
    grpc::ClientContext context;
    const auto gateway = v1::NotifierService::NewStub(world.server.ChannelAsService("gateway"));
    REQUIRE_OK(FromGrpcStatus(gateway->GetDayKeys(&context, request, &response)));
  }
  REQUIRE(response.keys_size() == 1);
  CHECK(response.keys(0).inner_key().size() == 32);
  CHECK(response.keys(0).tag_key().size() == 32);
  for (const auto& channel :
       {world.server.ChannelAsService("checkin"), world.server.ChannelAsService("registry"),
        world.server.ChannelAsOfficer("officer-a"), world.server.ChannelAsOfficer("auditor")}) {
    grpc::ClientContext context;
    CHECK_CODE(FromGrpcStatus(
                   v1::NotifierService::NewStub(channel)->GetDayKeys(&context, request, &response)),
               absl::StatusCode::kPermissionDenied);
  }
}

TEST_CASE("a follow change is recorded for the gateway, with a whole id and a time") {
  World world;
  const auto gateway = v1::NotifierService::NewStub(world.server.ChannelAsService("gateway"));
  v1::RecordFollowChangeRequest request;
  const auto person = TestPerson(1);
  request.set_user_id(person.bytes.data(), person.bytes.size());
  request.mutable_event_time()->set_seconds(absl::ToUnixSeconds(kNoon));
  v1::RecordFollowChangeResponse response;
  {
    grpc::ClientContext context;
    REQUIRE_OK(FromGrpcStatus(gateway->RecordFollowChange(&context, request, &response)));
  }
  CHECK(world.process.departures.Remaining({person, TestPerson(2)})->size() == 1);
  request.set_user_id("short");
  grpc::ClientContext context;
  CHECK_CODE(FromGrpcStatus(gateway->RecordFollowChange(&context, request, &response)),
             absl::StatusCode::kInvalidArgument);
}

TEST_CASE("watching tells each change until the case is finished") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const v1::Case entered = world.Submit();
  const auto stub = world.As("officer-a");
  v1::WatchCaseRequest request;
  request.set_case_id(entered.case_id());
  grpc::ClientContext context;
  const auto reader = stub->WatchCase(&context, request);
  v1::WatchCaseResponse response;
  REQUIRE(reader->Read(&response));
  CHECK(response.case_().state() == v1::CASE_STATE_SUBMITTED);
  REQUIRE_OK(world.Approve("officer-b", entered.case_id()));
  REQUIRE(reader->Read(&response));
  CHECK(response.case_().state() == v1::CASE_STATE_APPROVED);
  world.scene.RunAll();

  while (reader->Read(&response)) {
  }

  CHECK(response.case_().state() == v1::CASE_STATE_SENT);
  CHECK_OK(FromGrpcStatus(reader->Finish()));
}

TEST_CASE("watchers do not keep a stopping server waiting") {
  World world;
  const v1::Case entered = world.Submit();
  const auto stub = world.As("officer-a");
  v1::WatchCaseRequest request;
  request.set_case_id(entered.case_id());
  grpc::ClientContext context;
  const auto reader = stub->WatchCase(&context, request);
  v1::WatchCaseResponse response;
  REQUIRE(reader->Read(&response));

  world.service.EndWatches();

  CHECK_FALSE(reader->Read(&response));
  CHECK_CODE(FromGrpcStatus(reader->Finish()), absl::StatusCode::kUnavailable);
}

TEST_CASE("cases are listed page by page") {
  World world;
  for (int i = 0; i < 3; ++i) world.Submit();
  const auto stub = world.As("officer-b");
  v1::ListCasesRequest request;
  request.set_page_size(2);
  v1::ListCasesResponse first;
  v1::ListCasesResponse second;
  {
    grpc::ClientContext context;
    REQUIRE_OK(FromGrpcStatus(stub->ListCases(&context, request, &first)));
  }
  request.set_page_token(first.next_page_token());
  grpc::ClientContext context;
  REQUIRE_OK(FromGrpcStatus(stub->ListCases(&context, request, &second)));

  CHECK(first.cases_size() == 2);
  CHECK(second.cases_size() == 1);
  CHECK(second.next_page_token().empty());
}

TEST_CASE("a statement with a field that this version does not know is refused") {
  registry::v1::Statement statement;
  statement.mutable_expire_time()->set_seconds(1);
  CHECK_OK(ReadStatement(statement.SerializeAsString()));
  // Field 99, varint 1.
  CHECK_CODE(ReadStatement(statement.SerializeAsString() + "\x98\x06\x01"),
             absl::StatusCode::kInvalidArgument);
  CHECK_CODE(ReadStatement("\xff\xff"), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace oshirase::notifier
