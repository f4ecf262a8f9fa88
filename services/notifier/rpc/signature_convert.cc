#include "services/notifier/rpc/signature_convert.h"

#include "common/crypto/signing_key.h"

namespace oshirase::notifier {
namespace {

namespace v1 = registry::v1;

constexpr size_t kMaxOfficerId = 40;
constexpr int64_t kMaxSeconds = 253'402'300'799;  // the last second of 9999

v1::SignatureRole RoleToProto(crypto::SignatureRole role) {
  switch (role) {
    case crypto::SignatureRole::kSubmit:
      return v1::SIGNATURE_ROLE_SUBMIT;
    case crypto::SignatureRole::kApprove:
      return v1::SIGNATURE_ROLE_APPROVE;
    case crypto::SignatureRole::kReject:
      return v1::SIGNATURE_ROLE_REJECT;
  }
  return v1::SIGNATURE_ROLE_UNSPECIFIED;
}

std::optional<crypto::SignatureRole> RoleFromProto(v1::SignatureRole role) {
  switch (role) {
    case v1::SIGNATURE_ROLE_SUBMIT:
      return crypto::SignatureRole::kSubmit;
    case v1::SIGNATURE_ROLE_APPROVE:
      return crypto::SignatureRole::kApprove;
    case v1::SIGNATURE_ROLE_REJECT:
      return crypto::SignatureRole::kReject;
    default:
      return std::nullopt;
  }
}

}  // namespace

void ToProto(const OfficerSignature& signature, v1::OfficerSignature* proto) {
  proto->set_officer_id(signature.officer_id);
  proto->set_role(RoleToProto(signature.role));
  proto->mutable_sign_time()->set_seconds(absl::ToUnixSeconds(signature.sign_time));
  proto->set_signature(signature.signature);
}

std::optional<OfficerSignature> FromProto(const v1::OfficerSignature& proto) {
  const auto role = RoleFromProto(proto.role());
  const int64_t seconds = proto.sign_time().seconds();
  if (!role.has_value() || proto.officer_id().empty() ||
      proto.officer_id().size() > kMaxOfficerId || proto.sign_time().nanos() != 0 || seconds <= 0 ||
      seconds > kMaxSeconds || proto.signature().size() != crypto::kSignatureSize) {
    return std::nullopt;
  }
  return OfficerSignature{proto.officer_id(), *role, absl::FromUnixSeconds(seconds),
                          proto.signature()};
}

}  // namespace oshirase::notifier
