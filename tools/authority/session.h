// A connection to the services as one officer: channels, identity, signing key, clock.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/call_context.h"
#include "common/crypto/officer_signature.h"
#include "common/crypto/signing_key.h"
#include "common/status/grpc_status.h"
#include "common/time/clock.h"
#include "grpcpp/client_context.h"
#include "oshirase/notifier/v1/notifier_service.grpc.pb.h"
#include "oshirase/registry/v1/desk_service.grpc.pb.h"
#include "oshirase/registry/v1/registry_service.grpc.pb.h"
#include "tools/authority/options.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority {

// Thread-safe: nothing in it changes after Open().
class Session {
 public:
  // Reads the files and prepares the channels; nothing is connected yet. Returns INVALID_ARGUMENT
  // WRONG_USE in words for the officer when an option or a file is missing or unfit.
  static absl::StatusOr<std::unique_ptr<Session>> Open(const ConnectionOptions& options);

  registry::v1::RegistryService::Stub& registry() { return *registry_; }
  registry::v1::DeskService::Stub& desk() { return *desk_; }
  notifier::v1::NotifierService::Stub& notifier() { return *notifier_; }
  const std::string& officer_id() const { return officer_id_; }
  absl::Time Now() const { return clock_(); }
  const RequestId& request_id() const { return request_id_; }

  // The officer's signature over `statement` as it is, in the form of the contract.
  registry::v1::OfficerSignature Sign(registry::v1::SignatureRole role,
                                      const std::string& statement) const;

  // Calls `method` of `stub` and returns its answer.
  template <typename Response, typename Stub, typename Request>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) {
    grpc::ClientContext context;
    PrepareContext(context, {.request_id = request_id_}, absl::Seconds(20));
    Response response;
    const auto status = FromGrpcStatus((stub.*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

 private:
  Session(crypto::SigningKey key, std::string officer_id, Clock clock);

  const crypto::SigningKey key_;
  const std::string officer_id_;
  const Clock clock_;
  const RequestId request_id_;
  std::unique_ptr<registry::v1::RegistryService::Stub> registry_;
  std::unique_ptr<registry::v1::DeskService::Stub> desk_;
  std::unique_ptr<notifier::v1::NotifierService::Stub> notifier_;
};

}  // namespace oshirase::authority
