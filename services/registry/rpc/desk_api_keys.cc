// The methods of DeskServiceImpl about API keys.
#include "common/status/grpc_status.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/desk_convert.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/rpc/request_reader.h"

namespace oshirase::registry {
namespace {

constexpr int kDefaultPage = 50;

}  // namespace

grpc::Status DeskServiceImpl::IssueApiKey(grpc::ServerContext* context,
                                          const v1::IssueApiKeyRequest* request,
                                          v1::IssueApiKeyResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  FieldViolations violations;
  const auto issued = parts_.api_keys.Issue({.request_id = request->request_id(),
                                             .email = request->email(),
                                             .label = request->label(),
                                             .actor = ActorOf(*context)},
                                            violations);
  if (!violations.empty()) return ToGrpcStatus(WithViolations(issued.status(), violations));
  if (!issued.ok()) return ToGrpcStatus(issued.status());
  ToProto(issued->record, response->mutable_api_key());
  response->set_secret(issued->secret);
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::ListApiKeys(grpc::ServerContext* context,
                                          const v1::ListApiKeysRequest* request,
                                          v1::ListApiKeysResponse* response) {
  RequestCheck check;
  const int page_size = check.PageSize(request->page_size(), kDefaultPage);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto page = parts_.api_keys.List(page_size, request->page_token(), ActorOf(*context));
  if (!page.ok()) return ToGrpcStatus(page.status());
  for (const auto& key : page->keys) ToProto(key, response->add_api_keys());
  response->set_next_page_token(page->next_page_token);
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::RevokeApiKey(grpc::ServerContext* context,
                                           const v1::RevokeApiKeyRequest* request,
                                           v1::RevokeApiKeyResponse* response) {
  RequestCheck check;
  check.Uuid("api_key_id", request->api_key_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto key = parts_.api_keys.Revoke(request->api_key_id(), ActorOf(*context));
  if (!key.ok()) return ToGrpcStatus(key.status());
  ToProto(*key, response->mutable_api_key());
  return grpc::Status::OK;
}

}  // namespace oshirase::registry
