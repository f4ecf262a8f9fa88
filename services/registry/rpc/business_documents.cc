// The methods of BusinessServiceImpl that hand over documents.
#include <algorithm>

#include "common/status/grpc_status.h"
#include "services/registry/domain/errors.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/business_service.h"

namespace oshirase::registry {
namespace {

constexpr size_t kChunkBytes = size_t{32} * 1024;

}  // namespace

grpc::Status BusinessServiceImpl::RenderDocument(
    grpc::ServerContext* /*context*/, const v1::RenderDocumentRequest* request,
    grpc::ServerWriter<v1::RenderDocumentResponse>* writer) {
  RequestCheck check;
  check.Uuid("venue_id", request->venue_id());
  const auto document = FromProto(request->document());
  if (!document.has_value()) check.Add("document", "REQUIRED", "must be a document");
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto venue = parts_.keeper.Get(*holder, {request->venue_id()});
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  const auto pdf = parts_.printer.Print(*document, *venue);
  if (!pdf.ok()) return ToGrpcStatus(pdf.status());
  for (size_t begin = 0; begin < pdf->size(); begin += kChunkBytes) {
    v1::RenderDocumentResponse response;
    response.set_chunk(pdf->substr(begin, kChunkBytes));
    if (!writer->Write(response)) return ToGrpcStatus(absl::CancelledError("the caller has gone"));
  }
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::StartBundle(grpc::ServerContext* /*context*/,
                                              const v1::StartBundleRequest* request,
                                              v1::StartBundleResponse* response) {
  RequestCheck check;
  const auto document = FromProto(request->document());
  if (!document.has_value()) check.Add("document", "REQUIRED", "must be a document");
  const auto format = FromProto(request->format());
  if (!format.has_value()) check.Add("format", "REQUIRED", "must be a format");
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto started =
      parts_.bundles.Start(holder->business_id, {.document = *document, .format = *format});
  if (!started.ok()) return ToGrpcStatus(started.status());
  response->set_bundle_id(started->bundle_id);
  response->set_total(started->total);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::GetBundle(grpc::ServerContext* /*context*/,
                                            const v1::GetBundleRequest* request,
                                            v1::GetBundleResponse* response) {
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto progress = parts_.bundles.Get(holder->business_id, request->bundle_id());
  if (!progress.ok()) return ToGrpcStatus(progress.status());
  ToProto(*progress, response);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::DownloadBundle(
    grpc::ServerContext* /*context*/, const v1::DownloadBundleRequest* request,
    grpc::ServerWriter<v1::DownloadBundleResponse>* writer) {
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto file = parts_.bundles.Open(holder->business_id, request->bundle_id());
  if (!file.ok()) return ToGrpcStatus(file.status());
  for (int64_t offset = 0; offset < (*file)->size();) {
    auto chunk = (*file)->Read(offset, kChunkBytes);
    if (!chunk.ok()) return ToGrpcStatus(chunk.status());
    offset += static_cast<int64_t>(chunk->size());
    v1::DownloadBundleResponse response;
    response.set_chunk(*std::move(chunk));
    if (!writer->Write(response)) return ToGrpcStatus(absl::CancelledError("the caller has gone"));
  }
  return grpc::Status::OK;
}

}  // namespace oshirase::registry
