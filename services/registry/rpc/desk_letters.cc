// The methods of DeskServiceImpl about letters.
#include "common/status/grpc_status.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/desk_convert.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/rpc/request_reader.h"

namespace oshirase::registry {
namespace {

constexpr int kMaxLettersPage = 10;  // a letter and its answer can be 100 KiB

}  // namespace

grpc::Status DeskServiceImpl::ListLetters(grpc::ServerContext* context,
                                          const v1::ListLettersRequest* request,
                                          v1::ListLettersResponse* response) {
  RequestCheck check;
  const auto kind = FromProto(request->kind());
  if (!kind.has_value()) check.Add("kind", "REQUIRED", "must be a kind of letter");
  check.Range("page_size", request->page_size(), 0, kMaxLettersPage);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto page = parts_.letters.List(
      {.kind = *kind,
       .include_closed = request->include_closed(),
       .page_size = request->page_size() == 0 ? kMaxLettersPage : request->page_size(),
       .page_token = request->page_token(),
       .actor = ActorOf(*context)});
  if (!page.ok()) return ToGrpcStatus(page.status());
  for (const auto& letter : page->letters) ToProto(letter, response->add_letters());
  response->set_next_page_token(page->next_page_token);
  return grpc::Status::OK;
}

grpc::Status DeskServiceImpl::CloseLetter(grpc::ServerContext* context,
                                          const v1::CloseLetterRequest* request,
                                          v1::CloseLetterResponse* response) {
  RequestCheck check;
  CloseLetterRequest closing{
      .number = request->letter_number(), .answer = request->answer(), .actor = ActorOf(*context)};
  check.Add(CheckAnswer(closing.answer));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto letter = parts_.letters.Close(closing);
  if (!letter.ok()) return ToGrpcStatus(letter.status());
  ToProto(*letter, response->mutable_letter());
  return grpc::Status::OK;
}

}  // namespace oshirase::registry
