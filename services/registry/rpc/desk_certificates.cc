// The methods of DeskServiceImpl that are about certificates and what is printed.
#include <utility>

#include "common/status/grpc_status.h"
#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/business_convert.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/rpc/request_reader.h"

namespace oshirase::registry {
namespace {

constexpr size_t kChunkBytes = size_t{32} * 1024;
constexpr size_t kMaxReasonCharacters = 200;
constexpr size_t kMaxNumberCharacters = 64;

}  // namespace

grpc::Status DeskServiceImpl::DrawDocument(grpc::ServerContext* context,
                                           const v1::DrawDocumentRequest* request,
                                           grpc::ServerWriter<v1::DrawDocumentResponse>* writer) {
  RequestCheck check;
  check.Uuid("venue_id", request->venue_id());
  const auto document = FromProto(request->document());
  if (!document.has_value()) check.Add("document", "REQUIRED", "must be a document");
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto pdf = parts_.desk.Draw(*document, {request->venue_id()}, ActorOf(*context));
  if (!pdf.ok()) return ToGrpcStatus(pdf.status());
  for (size_t begin = 0; begin < pdf->size(); begin += kChunkBytes) {
    v1::DrawDocumentResponse response;
    response.set_chunk(pdf->substr(begin, kChunkBytes));
    if (!writer->Write(response)) return ToGrpcStatus(absl::CancelledError("the caller has gone"));
  }
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::WithdrawCertificate(grpc::ServerContext* context,
                                                  const v1::WithdrawCertificateRequest* request,
                                                  v1::WithdrawCertificateResponse* response) {
  RequestCheck check;
  std::string number = request->certificate_number();
  check.Add(CheckText("certificate_number", number, kMaxNumberCharacters));
  std::string reason = request->reason();
  check.Add(CheckText("reason", reason, kMaxReasonCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto certificate = parts_.decisions.Withdraw({.certificate_number = std::move(number),
                                                      .reason = std::move(reason),
                                                      .actor = ActorOf(*context)});
  if (!certificate.ok()) return ToGrpcStatus(certificate.status());
  ToProto(*certificate, response->mutable_certificate());
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::ReissueCertificates(
    grpc::ServerContext* context, const v1::ReissueCertificatesRequest* request,
    grpc::ServerWriter<v1::ReissueCertificatesResponse>* writer) {
  RequestCheck check;
  check.Uuid("run_id", request->run_id());
  std::string reason = request->reason();
  check.Add(CheckText("reason", reason, kMaxReasonCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto tell = [&](const ReissueProgress& progress) {
    v1::ReissueCertificatesResponse response;
    response.set_done(static_cast<int32_t>(progress.done));
    response.set_total(static_cast<int32_t>(progress.total));
    const bool heard = writer->Write(response) && !context->IsCancelled();
    return heard ? absl::OkStatus() : absl::CancelledError("the caller has gone");
  };
  return ToGrpcStatus(parts_.reissue.Run({.run_id = request->run_id(),
                                          .reason = std::move(reason),
                                          .mail = request->mail(),
                                          .actor = ActorOf(*context)},
                                         tell));
}

}  // namespace oshirase::registry
