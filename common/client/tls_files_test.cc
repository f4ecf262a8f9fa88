#include "common/client/tls_files.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/server/testing/test_certificates.h"

namespace oshirase {
namespace {

struct Fixture {
  // The message about `files`, after their directory.
  std::string Problem(const TlsFiles& files) const {
    const auto status = CheckTlsFiles(files);
    CHECK(absl::IsInvalidArgument(status));
    CHECK(absl::StartsWith(status.message(), certificates.directory() + "/"));
    return std::string(status.message()).substr(certificates.directory().size() + 1);
  }

  TestCertificates certificates;
  TlsFiles good = certificates.Service("registry");
};

TEST_CASE("files that belong together are fit") {
  const Fixture fixture;
  CHECK(CheckTlsFiles(fixture.good).ok());
}

TEST_CASE("a missing file is named") {
  const Fixture fixture;
  for (const auto file : {&TlsFiles::certificate, &TlsFiles::key, &TlsFiles::authorities}) {
    TlsFiles files = fixture.good;
    files.*file = fixture.certificates.directory() + "/gone";
    CHECK(fixture.Problem(files) == "gone: cannot be read");
  }
}

TEST_CASE("a file of the wrong kind is named") {
  const Fixture fixture;
  TlsFiles files = fixture.good;
  files.certificate = fixture.good.key;
  CHECK(absl::EndsWith(fixture.Problem(files), "holds no certificate"));
  files = fixture.good;
  files.key = fixture.good.certificate;
  CHECK(absl::EndsWith(fixture.Problem(files), "holds no unencrypted private key"));
  files = fixture.good;
  files.authorities = fixture.good.key;
  CHECK(absl::EndsWith(fixture.Problem(files), "holds no certificate"));
}

TEST_CASE("the key of another certificate is a problem") {
  Fixture fixture;
  TlsFiles files = fixture.good;
  files.key = fixture.certificates.Service("registry").key;
  CHECK(absl::StrContains(fixture.Problem(files), "does not belong to"));
}

TEST_CASE("an expired certificate is a problem") {
  Fixture fixture;
  const TlsFiles files = fixture.certificates.Issue(
      {.uri = "spiffe://services.oshirase/registry", .valid_for = -absl::Minutes(1)});
  CHECK(absl::EndsWith(fixture.Problem(files), "has expired"));
}

}  // namespace
}  // namespace oshirase
