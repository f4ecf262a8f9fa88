// Who a certificate says it is: the URI name and the Ed25519 key that the registry enrols.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/signing_key.h"

namespace oshirase::crypto {

struct CertificateIdentity {
  std::string uri;  // the only URI in subjectAltName, e.g. spiffe://officers.oshirase/officer-a
  VerifyKey verify_key{};
  absl::Time not_before;
  absl::Time not_after;
};

// Reads the first certificate in `pem`. Does not check who issued it: TLS did, or the operator who
// enrols it does.
// Returns INVALID_ARGUMENT, reason INVALID_CERTIFICATE, when there is no certificate, its key is
// not Ed25519, or it has no URI name or several.
absl::StatusOr<CertificateIdentity> ReadCertificate(std::string_view pem);

}  // namespace oshirase::crypto
