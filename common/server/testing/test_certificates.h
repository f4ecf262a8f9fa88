// A certificate authority for tests, as the development stack has it: one CA for services, one for
// officers, both with critical name constraints. Everything lies in a private directory that ends
// with the object.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/client/identity.h"
#include "common/client/tls_files.h"

namespace oshirase {

// What to put into a certificate; the defaults make a good one.
struct TestCertificateOptions {
  enum class Issuer { kServices, kOfficers, kStranger };  // A stranger's CA signs anything.
  Issuer issuer = Issuer::kServices;
  std::string uri = {};                       // Empty for none.
  absl::Duration valid_for = absl::Hours(1);  // Negative: expired that long ago.
};

// Not thread-safe.
class TestCertificates {
 public:
  TestCertificates();
  ~TestCertificates();
  TestCertificates(const TestCertificates&) = delete;
  TestCertificates& operator=(const TestCertificates&) = delete;

  // Files of a server or client of that name. A service believes both CAs, an officer's program
  // the services' alone.
  TlsFiles Service(const std::string& name);
  TlsFiles Officer(const std::string& id);

  // Files with a certificate made to measure, believing the services' CA.
  TlsFiles Issue(const TestCertificateOptions& options);

  // Puts a newly made certificate and key into `files`, as a renewal does.
  void Renew(const TlsFiles& files, const TestCertificateOptions& options);

  const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
  int issued_ = 0;
};

}  // namespace oshirase
