// The certificate files of a process. They are read again when they change on disk, so that a
// renewed certificate needs no restart.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/security/tls_certificate_provider.h"

namespace oshirase {

struct TlsFiles {
  std::string certificate;  // PEM: our certificate, then any intermediate ones.
  std::string key;          // PEM: its private key.
  std::string authorities;  // PEM bundle: whoever these signed is believed.
  // How often the files are looked at; at least 1 s.
  absl::Duration refresh = absl::Seconds(10);
};

using CertificateProvider = grpc::experimental::CertificateProviderInterface;

// OK when the three files can be read, key and certificate belong together, and the certificate is
// valid now. Returns INVALID_ARGUMENT with the first thing wrong, in words that name the file's
// path, otherwise.
absl::Status CheckTlsFiles(const TlsFiles& files);

// Starts watching `files`, in a thread of its own that ends with the last user of the result.
std::shared_ptr<CertificateProvider> WatchTlsFiles(const TlsFiles& files);

}  // namespace oshirase
