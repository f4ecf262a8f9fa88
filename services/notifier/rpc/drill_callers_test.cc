// What identities of the daily drill see and do: drills, and no trace of a real case.
#include <catch2/catch.hpp>
#include <functional>

#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/notifier/rpc/signature_convert.h"
#include "services/notifier/testing/service_world.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using Stub = v1::NotifierService::Stub;

// Calls `method` about a case, as the officer; `fill` completes the request.
template <typename Request, typename Response>
absl::Status Call(ServiceWorld& world, const std::string& officer,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  Request request) {
  const auto stub = world.As(officer);
  grpc::ClientContext context;
  Response response;
  return FromGrpcStatus((stub.get()->*method)(&context, request, &response));
}

template <typename Request>
Request About(const std::string& case_id) {
  Request request;
  request.set_case_id(case_id);
  return request;
}

template <typename Request>
Request SignedAbout(ServiceWorld& world, const std::string& case_id, const std::string& officer,
                    crypto::SignatureRole role) {
  auto request = About<Request>(case_id);
  ToProto(world.scene.Sign(officer, role, world.scene.cases.GetFile(case_id)->statement),
          request.mutable_signature());
  return request;
}

absl::Status Watch(ServiceWorld& world, const std::string& officer, const std::string& case_id) {
  const auto stub = world.As(officer);
  grpc::ClientContext context;
  const auto reader = stub->WatchCase(&context, About<v1::WatchCaseRequest>(case_id));
  v1::WatchCaseResponse response;
  if (reader->Read(&response)) context.TryCancel();
  return FromGrpcStatus(reader->Finish());
}

TEST_CASE("to a drill identity there is no real case, whatever it tries with one") {
  ServiceWorld world;
  const std::string id = world.Submit().case_id();
  const auto reject = crypto::SignatureRole::kReject;
  auto rejection = SignedAbout<v1::RejectCaseRequest>(world, id, "driller", reject);
  rejection.set_reason("no");
  auto settlement = About<v1::SettleCaseRequest>(id);
  settlement.set_settlement(v1::SETTLEMENT_RESEND);
  auto correction = world.Prepare(true);
  correction.set_corrects_case_id(id);
  const Case before = world.scene.Read(id);

  for (const absl::Status& status :
       {Call(world, "driller", &Stub::GetCase, About<v1::GetCaseRequest>(id)),
        Call(world, "driller", &Stub::PreviewCase, About<v1::PreviewCaseRequest>(id)),
        Call(world, "driller", &Stub::PauseCase, About<v1::PauseCaseRequest>(id)),
        Call(world, "driller", &Stub::ResumeCase, About<v1::ResumeCaseRequest>(id)),
        Call(world, "driller", &Stub::SettleCase, settlement),
        Call(world, "driller", &Stub::RejectCase, rejection),
        Call(world, "driller", &Stub::CancelCase,
             SignedAbout<v1::CancelCaseRequest>(world, id, "driller", reject)),
        Call(world, "driller", &Stub::PrepareCase, correction),
        world.Approve("driller", id).status(), Watch(world, "driller", id)}) {
    CHECK(ReasonOf(status) == "CASE_NOT_FOUND");
    CHECK(world.scene.db.Actions().back() == "case.access.refused");
  }
  CHECK(world.scene.Read(id) == before);
}

TEST_CASE("a drill identity lists drills and nothing else") {
  ServiceWorld world;
  world.Submit();
  const std::string drill = world.Submit(true).case_id();
  world.Submit();
  const auto listed = [&](const std::string& officer) {
    grpc::ClientContext context;
    v1::ListCasesResponse response;
    REQUIRE_OK(FromGrpcStatus(world.As(officer)->ListCases(&context, {}, &response)));
    return response;
  };

  const auto drills = listed("driller-b");
  REQUIRE(drills.cases_size() == 1);
  CHECK(drills.cases(0).case_id() == drill);
  CHECK(listed("officer-b").cases_size() == 3);
  CHECK(listed("auditor").cases_size() == 3);
}

TEST_CASE("drill identities enter, see, approve and stop drills") {
  ServiceWorld world;
  const std::string id = world.Submit(true).case_id();

  CHECK_OK(Call(world, "driller-b", &Stub::GetCase, About<v1::GetCaseRequest>(id)));
  CHECK_OK(Call(world, "driller-b", &Stub::PreviewCase, About<v1::PreviewCaseRequest>(id)));
  CHECK_OK(world.Approve("driller-b", id));
  CHECK_OK(Call(world, "driller", &Stub::PauseCase, About<v1::PauseCaseRequest>(id)));
  CHECK_OK(Call(world, "driller", &Stub::ResumeCase, About<v1::ResumeCaseRequest>(id)));
  CHECK_OK(Call(
      world, "driller", &Stub::CancelCase,
      SignedAbout<v1::CancelCaseRequest>(world, id, "driller", crypto::SignatureRole::kReject)));
}

TEST_CASE("a drill identity neither prepares, previews nor enters what is real") {
  ServiceWorld world;
  CHECK(ReasonOf(Call(world, "driller", &Stub::PrepareCase, world.Prepare())) == "DRILLS_ONLY");
  CHECK(world.scene.db.Actions().back() == "case.prepare.refused");

  v1::PreviewCaseRequest preview;
  *preview.mutable_exposures() = world.Prepare().exposures();
  CHECK(ReasonOf(Call(world, "driller", &Stub::PreviewCase, preview)) == "DRILL_MISMATCH");
  CHECK(world.scene.db.Actions().back() == "case.preview.refused");
  *preview.add_exposures() = world.Prepare(true).exposures(0);
  CHECK(ReasonOf(Call(world, "driller", &Stub::PreviewCase, preview)) == "DRILL_MISMATCH");
  CHECK_OK(Call(world, "officer-a", &Stub::PreviewCase, preview));
  *preview.mutable_exposures() = world.Prepare(true).exposures();
  CHECK_OK(Call(world, "driller", &Stub::PreviewCase, preview));

  auto real = world.Submission("officer-a");
  ToProto(world.scene.Sign("driller", crypto::SignatureRole::kSubmit, real.statement()),
          real.mutable_signature());
  CHECK(ReasonOf(Call(world, "driller", &Stub::SubmitCase, real)) == "SIGNATURE_INVALID");
}

TEST_CASE("who cannot be looked up sees nothing") {
  ServiceWorld world;
  const std::string id = world.Submit(true).case_id();
  world.scene.Advance(kOfficerCacheLife);
  world.scene.registry.FailNext(absl::UnavailableError("down"));

  CHECK_CODE(Call(world, "driller", &Stub::GetCase, About<v1::GetCaseRequest>(id)),
             absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace oshirase::notifier
