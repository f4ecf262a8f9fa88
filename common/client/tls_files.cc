#include "common/client/tls_files.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace oshirase {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* value) const {
    Free(value);
  }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;

absl::Status Problem(const std::string& path, absl::string_view what) {
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", what));
}

Bio Open(const std::string& path) { return Bio(BIO_new_file(path.c_str(), "r")); }

absl::Status CheckAuthorities(const std::string& path) {
  const Bio file = Open(path);
  if (file == nullptr) return Problem(path, "cannot be read");
  int count = 0;
  while (Certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)) != nullptr) ++count;
  if (count == 0) return Problem(path, "holds no certificate");
  ERR_clear_error();  // The end of the file is told as an error.
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckTlsFiles(const TlsFiles& files) {
  const Bio certificate_file = Open(files.certificate);
  if (certificate_file == nullptr) return Problem(files.certificate, "cannot be read");
  const Certificate certificate(
      PEM_read_bio_X509(certificate_file.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return Problem(files.certificate, "holds no certificate");

  const Bio key_file = Open(files.key);
  if (key_file == nullptr) return Problem(files.key, "cannot be read");
  // An empty password, so that an encrypted key is an error and not a question on the terminal.
  std::string no_password;
  const Key key(PEM_read_bio_PrivateKey(key_file.get(), nullptr, nullptr, no_password.data()));
  if (key == nullptr) return Problem(files.key, "holds no unencrypted private key");

  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Problem(files.key, absl::StrCat("does not belong to ", files.certificate));
  }
  if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) <= 0) {
    return Problem(files.certificate, "has expired");
  }
  if (X509_cmp_current_time(X509_get0_notBefore(certificate.get())) >= 0) {
    return Problem(files.certificate, "is not valid yet");
  }
  return CheckAuthorities(files.authorities);
}

std::shared_ptr<CertificateProvider> WatchTlsFiles(const TlsFiles& files) {
  const auto seconds = std::max<int64_t>(1, absl::ToInt64Seconds(files.refresh));
  return std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
      files.key, files.certificate, files.authorities, static_cast<unsigned int>(seconds));
}

}  // namespace oshirase
