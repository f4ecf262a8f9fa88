// The methods of DeskServiceImpl that are about entries of the register.
#include <algorithm>
#include <utility>

#include "common/status/grpc_status.h"
#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/rpc/entry_convert.h"
#include "services/registry/rpc/request_reader.h"

namespace oshirase::registry {
namespace {

constexpr int kMaxEntriesPage = 50;
constexpr int kDefaultEntriesPage = 20;
constexpr size_t kMaxEntriesMessage = 20;
constexpr size_t kMaxKeyCharacters = 64;
constexpr size_t kMaxReasonCharacters = 200;
constexpr size_t kMaxNoteCharacters = 500;

// For the wire, with the violations when there are any.
grpc::Status Refusal(const absl::Status& status, const FieldViolations& violations) {
  return ToGrpcStatus(violations.empty() ? status : WithViolations(status, violations));
}

}  // namespace

grpc::Status DeskServiceImpl::SearchRegister(grpc::ServerContext* context,
                                             const v1::SearchRegisterRequest* request,
                                             v1::SearchRegisterResponse* response) {
  RequestCheck check;
  RegisterRequest search = ReadFilter(request->filter(), parts_.catalogue, check);
  check.Range("page_size", request->page_size(), 0, kMaxEntriesPage);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  search.actor = ActorOf(*context);
  const int page_size = request->page_size() == 0 ? kDefaultEntriesPage : request->page_size();
  const auto page = parts_.desk.Search(search, page_size, request->page_token());
  if (!page.ok()) return ToGrpcStatus(page.status());
  for (const auto& entry : page->entries) ToProto(entry, parts_.catalogue, response->add_entries());
  response->set_next_page_token(page->next_page_token);
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::GetEntry(grpc::ServerContext* context,
                                       const v1::GetEntryRequest* request,
                                       v1::GetEntryResponse* response) {
  RequestCheck check;
  std::string key = request->key();
  check.Add(CheckText("key", key, kMaxKeyCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto file = parts_.desk.Get(key, ActorOf(*context));
  if (!file.ok()) return ToGrpcStatus(file.status());
  ToProto(*file, parts_.catalogue, response);
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::CorrectEntry(grpc::ServerContext* context,
                                           const v1::CorrectEntryRequest* request,
                                           v1::CorrectEntryResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  check.Uuid("venue_id", request->venue_id());
  std::string reason = request->reason();
  check.Add(CheckText("reason", reason, kMaxReasonCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  FieldViolations violations;
  const auto entry = parts_.editor.Correct({.request_id = request->request_id(),
                                            .venue_id = {request->venue_id()},
                                            .revision = request->revision(),
                                            .details = FromProto(request->details()),
                                            .reason = std::move(reason),
                                            .actor = ActorOf(*context)},
                                           violations);
  if (!entry.ok()) return Refusal(entry.status(), violations);
  ToProto(*entry, parts_.catalogue, response->mutable_entry());
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::RegisterOnBehalf(grpc::ServerContext* context,
                                               const v1::RegisterOnBehalfRequest* request,
                                               v1::RegisterOnBehalfResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  std::string reason = request->reason();
  check.Add(CheckText("reason", reason, kMaxReasonCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  FieldViolations violations;
  const auto entry = parts_.editor.RegisterOnBehalf({.request_id = request->request_id(),
                                                     .details = FromProto(request->details()),
                                                     .reason = std::move(reason),
                                                     .actor = ActorOf(*context)},
                                                    violations);
  if (!entry.ok()) return Refusal(entry.status(), violations);
  ToProto(*entry, parts_.catalogue, response->mutable_entry());
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::RecordInspection(grpc::ServerContext* context,
                                               const v1::RecordInspectionRequest* request,
                                               v1::RecordInspectionResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  check.Uuid("venue_id", request->venue_id());
  std::string note = request->note();
  check.Add(CheckText("note", note, kMaxNoteCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto entry = parts_.decisions.RecordInspection({.request_id = request->request_id(),
                                                        .venue_id = {request->venue_id()},
                                                        .confirmed = request->confirmed(),
                                                        .note = std::move(note),
                                                        .actor = ActorOf(*context)});
  if (!entry.ok()) return ToGrpcStatus(entry.status());
  ToProto(*entry, parts_.catalogue, response->mutable_entry());
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::MailBusiness(grpc::ServerContext* context,
                                           const v1::MailBusinessRequest* request,
                                           v1::MailBusinessResponse* /*response*/) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  check.Uuid("venue_id", request->venue_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  return ToGrpcStatus(parts_.decisions.MailBusiness({.request_id = request->request_id(),
                                                     .venue_id = {request->venue_id()},
                                                     .actor = ActorOf(*context)}));
}

grpc::Status DeskServiceImpl::CountRegister(grpc::ServerContext* context,
                                            const v1::CountRegisterRequest* /*request*/,
                                            v1::CountRegisterResponse* response) {
  const auto counts = parts_.desk.Count(ActorOf(*context));
  if (!counts.ok()) return ToGrpcStatus(counts.status());
  ToProto(*counts, response);
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::ExportRegister(
    grpc::ServerContext* context, const v1::ExportRegisterRequest* request,
    grpc::ServerWriter<v1::ExportRegisterResponse>* writer) {
  RequestCheck check;
  RegisterRequest wanted = ReadFilter(request->filter(), parts_.catalogue, check);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  wanted.actor = ActorOf(*context);
  return ToGrpcStatus(parts_.desk.Export(wanted, [&](const std::vector<RegisterEntry>& entries) {
    for (size_t begin = 0; begin < entries.size(); begin += kMaxEntriesMessage) {
      v1::ExportRegisterResponse response;
      const size_t end = std::min(begin + kMaxEntriesMessage, entries.size());
      for (size_t i = begin; i < end; ++i)
        ToProto(entries[i], parts_.catalogue, response.add_entries());
      if (!writer->Write(response)) return absl::CancelledError("the caller has gone");
    }
    return absl::OkStatus();
  }));
}

}  // namespace oshirase::registry
