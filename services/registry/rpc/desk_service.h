// DeskService on the wire: checks shape, calls the domain with the officer's name, converts. No
// rules, no SQL. The methods stand by what they are about: desk_letters.cc, desk_api_keys.cc.
#pragma once

#include <utility>

#include "oshirase/registry/v1/desk_service.grpc.pb.h"
#include "services/registry/domain/api_keys.h"
#include "services/registry/domain/letter_box.h"

namespace oshirase::registry {

// What the service calls. All must outlive it.
struct DeskParts {
  LetterBox& letters;
  ApiKeys& api_keys;
};

// Thread-safe. Who may call what is RegistryPolicy(), enforced before a call gets here; the domain
// audits what is seen and done under ActorOf() of request_reader.h.
class DeskServiceImpl final : public v1::DeskService::Service {
 public:
  explicit DeskServiceImpl(DeskParts parts) : parts_(std::move(parts)) {}

  grpc::Status ListLetters(grpc::ServerContext* context, const v1::ListLettersRequest* request,
                           v1::ListLettersResponse* response) override;
  grpc::Status CloseLetter(grpc::ServerContext* context, const v1::CloseLetterRequest* request,
                           v1::CloseLetterResponse* response) override;

  grpc::Status IssueApiKey(grpc::ServerContext* context, const v1::IssueApiKeyRequest* request,
                           v1::IssueApiKeyResponse* response) override;
  grpc::Status ListApiKeys(grpc::ServerContext* context, const v1::ListApiKeysRequest* request,
                           v1::ListApiKeysResponse* response) override;
  grpc::Status RevokeApiKey(grpc::ServerContext* context, const v1::RevokeApiKeyRequest* request,
                            v1::RevokeApiKeyResponse* response) override;

 private:
  const DeskParts parts_;
};

}  // namespace oshirase::registry
