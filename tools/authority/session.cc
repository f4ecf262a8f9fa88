#include "tools/authority/session.h"

#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/client/channel.h"
#include "common/client/identity.h"
#include "common/config/address.h"
#include "common/crypto/certificate_identity.h"
#include "common/status/macros.h"
#include "tools/authority/files.h"

namespace oshirase::authority {
namespace {

constexpr size_t kMaxPemBytes = 64 * 1024;

// Those that may be sent again when an answer does not come. Not IssueApiKey: only the first answer
// has the secret.
constexpr std::array kRetriedDeskMethods = {
    "SearchRegister",      "GetEntry",     "CorrectEntry", "RegisterOnBehalf", "RecordInspection",
    "WithdrawCertificate", "MailBusiness", "ListLetters",  "CloseLetter",      "CountRegister",
    "ListApiKeys",         "RevokeApiKey"};

absl::Status CheckGiven(const ConnectionOptions& options) {
  const std::vector<std::pair<const std::string*, const char*>> needed = {
      {&options.notifier, "--notifier (OSHIRASE_NOTIFIER)"},
      {&options.registry, "--registry (OSHIRASE_REGISTRY)"},
      {&options.cert, "--cert (OSHIRASE_TLS_CERT)"},
      {&options.key, "--key (OSHIRASE_TLS_KEY)"},
      {&options.ca, "--ca (OSHIRASE_TLS_CA)"}};
  std::string missing;
  for (const auto& [value, name] : needed) {
    if (value->empty()) absl::StrAppend(&missing, missing.empty() ? "" : ", ", name);
  }
  if (missing.empty()) return absl::OkStatus();
  return WrongUse(absl::StrCat("指定がありません: ", missing));
}

// A stack whose clock is offset for a test has officers whose clock is, too; a real one is never
// on loopback.
absl::Duration ClockOffset(const ConnectionOptions& options) {
  const char* text = std::getenv("OSHIRASE_CLOCK_OFFSET");
  int64_t seconds = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &seconds)) return absl::ZeroDuration();
  if (!IsLocalListener(options.notifier) || !IsLocalListener(options.registry)) {
    return absl::ZeroDuration();
  }
  return absl::Seconds(seconds);
}

registry::v1::OfficerSignature ToProto(const crypto::OfficerSignature& signature) {
  registry::v1::OfficerSignature proto;
  proto.set_signature(signature.signature);
  proto.mutable_sign_time()->set_seconds(absl::ToUnixSeconds(signature.signed_at));
  return proto;
}

}  // namespace

Session::Session(crypto::SigningKey key, std::string officer_id, Clock clock)
    : key_(std::move(key)),
      officer_id_(std::move(officer_id)),
      clock_(std::move(clock)),
      request_id_(NewRequestId(RequestId::Kind::kCase)) {}

absl::StatusOr<std::unique_ptr<Session>> Session::Open(const ConnectionOptions& options) {
  RETURN_IF_ERROR(CheckGiven(options));
  const TlsFiles files{.certificate = options.cert, .key = options.key, .authorities = options.ca};
  if (const auto status = CheckTlsFiles(files); !status.ok()) {
    return WrongUse(std::string(status.message()));
  }
  ASSIGN_OR_RETURN(const auto certificate, ReadInput(options.cert, kMaxPemBytes));
  ASSIGN_OR_RETURN(auto pem, ReadInput(options.key, kMaxPemBytes));
  const auto identity = crypto::ReadCertificate(certificate);
  auto key = crypto::SigningKey::FromPem(pem);
  crypto::WipeString(pem);
  if (!identity.ok() || !key.ok()) {
    return WrongUse("証明書と鍵は Ed25519 のものを指定してください");
  }
  const Caller self = ParseIdentity({identity->uri});
  if (self.kind != Caller::Kind::kOfficer) return WrongUse("担当職員の証明書ではありません");

  const auto certificates = WatchTlsFiles(files);
  std::unique_ptr<Session> session(
      new Session(*std::move(key), self.name, OffsetClock(ClockOffset(options))));
  std::vector<std::string> retried;
  for (const auto* method : kRetriedDeskMethods) {
    retried.push_back(absl::StrCat("/oshirase.registry.v1.DeskService/", method));
  }
  const auto registry =
      MakeChannel({.address = options.registry, .service = "registry", .retried_methods = retried},
                  certificates);
  session->registry_ = registry::v1::RegistryService::NewStub(registry);
  session->desk_ = registry::v1::DeskService::NewStub(registry);
  session->notifier_ = notifier::v1::NotifierService::NewStub(
      MakeChannel({.address = options.notifier, .service = "notifier"}, certificates));
  return session;
}

registry::v1::OfficerSignature Session::Sign(registry::v1::SignatureRole role,
                                             const std::string& statement) const {
  crypto::SignatureRole signed_role = crypto::SignatureRole::kReject;
  if (role == registry::v1::SIGNATURE_ROLE_SUBMIT) signed_role = crypto::SignatureRole::kSubmit;
  if (role == registry::v1::SIGNATURE_ROLE_APPROVE) signed_role = crypto::SignatureRole::kApprove;
  auto proto = ToProto(crypto::SignStatement(key_, signed_role, crypto::Sha256(statement), Now()));
  proto.set_officer_id(officer_id_);
  proto.set_role(role);
  return proto;
}

}  // namespace oshirase::authority
