// Keys, people and cases; what only reads is in notifier_reading.cc.
#include "services/notifier/rpc/notifier_service.h"

#include <algorithm>
#include <utility>

#include "services/notifier/domain/errors.h"
#include "services/notifier/rpc/convert.h"
#include "services/notifier/rpc/notifier_policy.h"
#include "services/notifier/rpc/request_reader.h"
#include "services/notifier/rpc/to_wire.h"

namespace oshirase::notifier {
namespace {

constexpr size_t kMaxReasonBytes = size_t{4} * 200;  // 200 characters, kanji included

// The case of a decision, or its error, as every decision answers.
template <typename Response>
grpc::Status Answer(const absl::StatusOr<Case>& decided, Response* response) {
  if (!decided.ok()) return ToWire(decided.status());
  ToProto(*decided, response->mutable_case_());
  return grpc::Status::OK;
}

absl::Status CheckReason(const std::string& reason) {
  if (!reason.empty() && reason.size() <= kMaxReasonBytes) return absl::OkStatus();
  return RequestInvalid({{"reason", "must be 1 to 200 characters"}});
}

}  // namespace

absl::Status NotifierServiceImpl::CheckCase(const grpc::ServerContext& context,
                                            const std::string& case_id, Roles roles) {
  if (auto status = CheckCaseId(case_id); !status.ok()) return status;
  return parts_.fence.CheckCase({OfficerOf(context), roles}, case_id);
}

grpc::Status NotifierServiceImpl::GetDayKeys(grpc::ServerContext* /*context*/,
                                             const v1::GetDayKeysRequest* request,
                                             v1::GetDayKeysResponse* response) {
  const auto days = ReadDays(*request);
  if (!days.ok()) return ToWire(days.status());
  const auto open = parts_.day_keys.Open(*days);
  if (!open.ok()) return ToWire(open.status());
  for (const OpenDay& day : *open) {
    auto* keys = response->add_keys();
    keys->set_day(day.day.value);
    keys->set_inner_key(day.inner_key->data(), crypto::SecretKey::kSize);
    keys->set_tag_key(day.tag_key->data(), crypto::SecretKey::kSize);
  }
  return grpc::Status::OK;
}

grpc::Status NotifierServiceImpl::RecordFollowChange(grpc::ServerContext* /*context*/,
                                                     const v1::RecordFollowChangeRequest* request,
                                                     v1::RecordFollowChangeResponse* /*response*/) {
  ids::LineUserId person;
  if (request->user_id().size() != person.bytes.size()) {
    return ToWire(RequestInvalid({{"user_id", "must be 16 bytes"}}));
  }
  if (request->event_time().seconds() <= 0) {
    return ToWire(RequestInvalid({{"event_time", "must be set"}}));
  }
  std::copy(request->user_id().begin(), request->user_id().end(), person.bytes.begin());
  const absl::Time time = absl::FromUnixSeconds(request->event_time().seconds()) +
                          absl::Nanoseconds(request->event_time().nanos());
  return ToWire(parts_.departures.Record(person, time, request->following()));
}

grpc::Status NotifierServiceImpl::PrepareCase(grpc::ServerContext* context,
                                              const v1::PrepareCaseRequest* request,
                                              v1::PrepareCaseResponse* response) {
  const auto allowed = parts_.fence.CheckEntry({OfficerOf(*context), kEnterers}, request->drill());
  if (!allowed.ok()) return ToWire(allowed);
  PrepareRequest wanted{.template_name = request->template_(),
                        .drill = request->drill(),
                        .name_venues = request->name_venues(),
                        .corrects_case_id = request->corrects_case_id()};
  if (!wanted.corrects_case_id.empty()) {
    const auto status = CheckCase(*context, wanted.corrects_case_id, kEnterers);
    if (!status.ok()) return ToWire(status);
  }
  auto exposures = ReadRequestExposures(request->exposures());
  if (!exposures.ok()) return ToWire(exposures.status());
  wanted.exposures = *std::move(exposures);
  const auto prepared = parts_.preparer.Prepare(wanted);
  if (!prepared.ok()) return ToWire(prepared.status());
  response->set_notice_number(prepared->notice_number);
  response->set_template_(prepared->template_name);
  response->set_template_version(prepared->template_version);
  for (const Message& message : prepared->messages) ToProto(message, response->add_messages());
  return grpc::Status::OK;
}

grpc::Status NotifierServiceImpl::PreviewCase(grpc::ServerContext* context,
                                              const v1::PreviewCaseRequest* request,
                                              v1::PreviewCaseResponse* response) {
  const std::string officer = OfficerOf(*context);
  absl::StatusOr<Preview> preview;
  if (!request->case_id().empty()) {
    const auto seen = CheckCase(*context, request->case_id(), kCaseWorkers);
    if (!seen.ok()) return ToWire(seen);
    if (request->exposures_size() > 0) {
      return ToWire(RequestInvalid({{"exposures", "must be empty when case_id is set"}}));
    }
    preview = parts_.previewer.PreviewCase(officer, request->case_id());
  } else {
    const auto exposures = ReadRequestExposures(request->exposures());
    if (!exposures.ok()) return ToWire(exposures.status());
    const auto drills_only = parts_.fence.DrillsOnly({officer, kCaseWorkers});
    if (!drills_only.ok()) return ToWire(drills_only.status());
    preview = parts_.previewer.PreviewExposures(officer, *exposures, *drills_only);
  }
  if (!preview.ok()) return ToWire(preview.status());
  ToProto(*preview, response);
  return grpc::Status::OK;
}

grpc::Status NotifierServiceImpl::SubmitCase(grpc::ServerContext* context,
                                             const v1::SubmitCaseRequest* request,
                                             v1::SubmitCaseResponse* response) {
  const auto entered = ReadCase(*request);
  if (!entered.ok()) return ToWire(entered.status());
  return Answer(parts_.entry.Submit(OfficerOf(*context), *entered), response);
}

grpc::Status NotifierServiceImpl::ApproveCase(grpc::ServerContext* context,
                                              const v1::ApproveCaseRequest* request,
                                              v1::ApproveCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kApprovers);
  if (!seen.ok()) return ToWire(seen);
  const auto signature = ReadSignature(request->signature());
  if (!signature.ok()) return ToWire(signature.status());
  return Answer(parts_.decisions.Approve(OfficerOf(*context), request->case_id(), *signature),
                response);
}

grpc::Status NotifierServiceImpl::RejectCase(grpc::ServerContext* context,
                                             const v1::RejectCaseRequest* request,
                                             v1::RejectCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kCaseWorkers);
  if (!seen.ok()) return ToWire(seen);
  if (const auto status = CheckReason(request->reason()); !status.ok()) return ToWire(status);
  const auto signature = ReadSignature(request->signature());
  if (!signature.ok()) return ToWire(signature.status());
  return Answer(parts_.decisions.Reject(OfficerOf(*context), request->case_id(), *signature,
                                        request->reason()),
                response);
}

grpc::Status NotifierServiceImpl::CancelCase(grpc::ServerContext* context,
                                             const v1::CancelCaseRequest* request,
                                             v1::CancelCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kCaseWorkers);
  if (!seen.ok()) return ToWire(seen);
  const auto signature = ReadSignature(request->signature());
  if (!signature.ok()) return ToWire(signature.status());
  return Answer(parts_.decisions.Cancel(OfficerOf(*context), request->case_id(), *signature),
                response);
}

grpc::Status NotifierServiceImpl::PauseCase(grpc::ServerContext* context,
                                            const v1::PauseCaseRequest* request,
                                            v1::PauseCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kStoppers);
  if (!seen.ok()) return ToWire(seen);
  return Answer(parts_.decisions.Pause(OfficerOf(*context), request->case_id()), response);
}

grpc::Status NotifierServiceImpl::ResumeCase(grpc::ServerContext* context,
                                             const v1::ResumeCaseRequest* request,
                                             v1::ResumeCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kCaseWorkers);
  if (!seen.ok()) return ToWire(seen);
  return Answer(parts_.decisions.Resume(OfficerOf(*context), request->case_id()), response);
}

grpc::Status NotifierServiceImpl::SettleCase(grpc::ServerContext* context,
                                             const v1::SettleCaseRequest* request,
                                             v1::SettleCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kCaseWorkers);
  if (!seen.ok()) return ToWire(seen);
  if (request->settlement() != v1::SETTLEMENT_RESEND &&
      request->settlement() != v1::SETTLEMENT_GIVE_UP) {
    return ToWire(RequestInvalid({{"settlement", "must be RESEND or GIVE_UP"}}));
  }
  const Settlement settlement =
      request->settlement() == v1::SETTLEMENT_RESEND ? Settlement::kResend : Settlement::kGiveUp;
  return Answer(parts_.decisions.Settle(OfficerOf(*context), request->case_id(), settlement),
                response);
}

}  // namespace oshirase::notifier
