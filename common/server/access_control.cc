#include "common/server/access_control.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "grpc/grpc_security_constants.h"

namespace oshirase {
namespace {

constexpr absl::string_view kNoIdentity = "NO_IDENTITY";
constexpr absl::string_view kCallerNotAllowed = "CALLER_NOT_ALLOWED";
constexpr absl::string_view kOfficersUnknown = "OFFICERS_UNKNOWN";

absl::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

Caller CallerIn(const grpc::AuthContext& connection) {
  // The strings belong to the connection, which outlives this call.
  const auto properties = connection.FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  std::vector<absl::string_view> uris;
  uris.reserve(properties.size());
  for (const grpc::string_ref& uri : properties) uris.push_back(View(uri));
  return ParseIdentity(uris);
}

absl::string_view KindName(Caller::Kind kind) {
  switch (kind) {
    case Caller::Kind::kService:
      return "service";
    case Caller::Kind::kOfficer:
      return "officer";
    case Caller::Kind::kNone:
      break;
  }
  return "none";
}

// The status of a refusal: the reason leads its text, because details do not leave a processor.
grpc::Status StatusOf(absl::string_view reason) {
  if (reason == kNoIdentity) {
    return {grpc::StatusCode::UNAUTHENTICATED,
            absl::StrCat(reason, ": the certificate holds no identity of this suite")};
  }
  if (reason == kOfficersUnknown) {
    return {grpc::StatusCode::UNAVAILABLE,
            absl::StrCat(reason, ": the officers' roles cannot be looked up now")};
  }
  return {grpc::StatusCode::PERMISSION_DENIED,
          absl::StrCat(reason, ": the caller may not call this method")};
}

class AccessControl : public grpc::AuthMetadataProcessor {
 public:
  AccessControl(ServerAccess access, RpcMetrics& metrics)
      : access_(std::move(access)), metrics_(metrics) {}

  // Services are judged in place, in memory. Looking an officer up may block, so a policy that
  // names roles is judged in a thread of its own.
  bool IsBlocking() const override { return access_.policy.NamesRoles(); }

  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext* connection,
                       OutputMetadata* /*consumed*/, OutputMetadata* /*response*/) override {
    const auto path = metadata.find(":path");
    const absl::string_view method =
        path == metadata.end() ? absl::string_view() : View(path->second);
    const Caller caller = CallerIn(*connection);
    const absl::string_view reason = WhyRefused(method, caller);
    if (reason.empty()) return grpc::Status::OK;
    Tell(method, caller, reason);
    return StatusOf(reason);
  }

 private:
  // The reason why the call is refused; "" when it is not.
  absl::string_view WhyRefused(absl::string_view method, const Caller& caller) {
    if (caller.kind == Caller::Kind::kNone) return kNoIdentity;
    if (caller.kind == Caller::Kind::kService) {
      return access_.policy.AllowsService(method, caller.name) ? "" : kCallerNotAllowed;
    }
    const Roles allowed = access_.policy.RolesAllowed(method);
    if (allowed.empty()) return kCallerNotAllowed;
    const auto roles = access_.officers->RolesOf(caller.name);
    if (!roles.ok()) return kOfficersUnknown;
    return roles->HasAnyOf(allowed) ? "" : kCallerNotAllowed;
  }

  void Tell(absl::string_view method, const Caller& caller, absl::string_view reason) {
    // A method we do not have is the caller's invention; it could be anything.
    const absl::string_view known = access_.policy.HasRow(method) ? method : absl::string_view();
    metrics_.CountRefusal(std::string(reason));
    // An officer's id is somebody's; it goes to the observer's audit entry and not into the log.
    const bool service = caller.kind == Caller::Kind::kService;
    LogWarning("call refused", {{"reason", reason},
                                {"method", known},
                                {"caller_kind", KindName(caller.kind)},
                                {"caller", service ? caller.name : ""}});
    if (access_.on_refusal) access_.on_refusal({std::string(known), caller, std::string(reason)});
  }

  const ServerAccess access_;
  RpcMetrics& metrics_;
};

}  // namespace

std::shared_ptr<grpc::AuthMetadataProcessor> MakeAccessControl(ServerAccess access,
                                                               RpcMetrics& metrics) {
  return std::make_shared<AccessControl>(std::move(access), metrics);
}

Caller CallerOf(const grpc::ServerContextBase& context) {
  return CallerIn(*context.auth_context());
}

std::string CertificateOf(const grpc::ServerContextBase& context) {
  const auto values = context.auth_context()->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  return values.empty() ? "" : std::string(View(values.front()));
}

}  // namespace oshirase
