#include "common/crypto/certificate_identity.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <ctime>

#include "absl/strings/ascii.h"
#include "common/crypto/errors.h"
#include "common/crypto/openssl_handles.h"
#include "common/status/macros.h"

namespace oshirase::crypto {
namespace {

absl::StatusOr<std::string> UriOf(X509* certificate) {
  const NamesHandle names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string uri;
  int uris = 0;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* value = name->d.uniformResourceIdentifier;
    uri.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
               static_cast<size_t>(ASN1_STRING_length(value)));
    ++uris;
  }
  if (uris != 1) return InvalidCertificate("a certificate must have exactly one URI name");
  // A NUL in the middle would make two programs read two names.
  if (!std::all_of(uri.begin(), uri.end(), absl::ascii_isgraph)) {
    return InvalidCertificate("a certificate's URI name must be plain ASCII");
  }
  return uri;
}

absl::StatusOr<VerifyKey> KeyOf(X509* certificate) {
  EVP_PKEY* pkey = X509_get0_pubkey(certificate);
  VerifyKey key;
  size_t size = key.size();
  if (pkey == nullptr || EVP_PKEY_get_base_id(pkey) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(pkey, key.data(), &size) != 1 || size != key.size()) {
    return InvalidCertificate("a certificate's key must be Ed25519");
  }
  return key;
}

absl::StatusOr<absl::Time> TimeOf(const ASN1_TIME* time) {
  std::tm utc{};
  if (ASN1_TIME_to_tm(time, &utc) != 1) return InvalidCertificate("a certificate's dates are bad");
  return absl::FromTimeT(timegm(&utc));
}

absl::StatusOr<CertificateIdentity> Read(X509* certificate) {
  CertificateIdentity identity;
  ASSIGN_OR_RETURN(identity.uri, UriOf(certificate));
  ASSIGN_OR_RETURN(identity.verify_key, KeyOf(certificate));
  ASSIGN_OR_RETURN(identity.not_before, TimeOf(X509_get0_notBefore(certificate)));
  ASSIGN_OR_RETURN(identity.not_after, TimeOf(X509_get0_notAfter(certificate)));
  return identity;
}

}  // namespace

absl::StatusOr<CertificateIdentity> ReadCertificate(std::string_view pem) {
  const BioHandle bio = ReadFrom(pem);
  const X509Handle certificate(PEM_read_bio_X509(bio.get(), nullptr, NoPassphrase, nullptr));
  auto identity = certificate == nullptr ? InvalidCertificate("no certificate in the PEM text")
                                         : Read(certificate.get());
  ERR_clear_error();  // OpenSSL keeps its errors per thread, and gRPC would find them
  return identity;
}

}  // namespace oshirase::crypto
