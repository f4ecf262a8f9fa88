// Enforces the access policy on every call before its handler runs, for synchronous and callback
// services alike.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/client/identity.h"
#include "common/metrics/rpc_metrics.h"
#include "common/server/access_policy.h"
#include "common/server/officer_directory.h"
#include "grpcpp/security/auth_metadata_processor.h"
#include "grpcpp/server_context.h"

namespace oshirase {

// A call that was turned away. Its status is PERMISSION_DENIED for CALLER_NOT_ALLOWED,
// UNAUTHENTICATED for NO_IDENTITY, UNAVAILABLE for OFFICERS_UNKNOWN (the directory is down).
struct Refusal {
  std::string method;  // As the caller wrote it; "" when it is none of the policy's methods.
  Caller caller;
  std::string reason;
};

// Told of each refusal, after it was counted and logged; a service may write an audit entry.
// Called from several threads. May block only when the policy names roles.
using RefusalObserver = std::function<void(const Refusal&)>;

// What a server needs to know who may call it. The officers must outlive the server.
struct ServerAccess {
  AccessPolicy policy;
  OfficerDirectory* officers = nullptr;  // Needed when the policy names roles.
  RefusalObserver on_refusal = {};       // May be empty.
};

// The processor to set on server credentials. Revocations act on the next call, on open
// connections too. gRPC drops the details of a status made here, so its message begins with the
// reason and a colon, from which FromGrpcStatus() restores the reason.
std::shared_ptr<grpc::AuthMetadataProcessor> MakeAccessControl(ServerAccess access,
                                                               RpcMetrics& metrics);

// Who makes this call. Roles are not part of it, because gRPC lets nothing travel from the check
// to the handler but the connection's certificate: a handler that needs them asks the directory.
Caller CallerOf(const grpc::ServerContextBase& context);

// The caller's certificate in PEM, or "" on a connection without one.
std::string CertificateOf(const grpc::ServerContextBase& context);

}  // namespace oshirase
