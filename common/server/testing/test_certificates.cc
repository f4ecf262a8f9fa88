#include "common/server/testing/test_certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <vector>

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
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;

// Ends the test run: nothing here fails but by a mistake in the test.
void Require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "test certificates: cannot " << what << "\n";
  std::abort();
}

Key NewKey() {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  Require(key != nullptr, "make a key");
  return key;
}

void AddExtension(X509& certificate, int nid, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  Require(extension != nullptr, "make an extension");
  X509_add_ext(&certificate, extension.get(), -1);
}

struct Subject {
  std::string name;
  absl::Duration valid_for = absl::Hours(1);
  std::vector<std::pair<int, std::string>> extensions = {};
};

struct Issuer {
  std::string name;
  EVP_PKEY* key = nullptr;
};

Certificate MakeCertificate(const Subject& subject, EVP_PKEY& key, const Issuer& issuer) {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  static int64_t serial = 0;
  ASN1_INTEGER_set_int64(X509_get_serialNumber(x), ++serial);
  const int64_t end = absl::ToInt64Seconds(subject.valid_for);
  X509_gmtime_adj(X509_getm_notBefore(x), end < 0 ? end - 3600 : -3600);
  X509_gmtime_adj(X509_getm_notAfter(x), end);
  const auto set_name = [](X509_NAME* field, const std::string& name) {
    X509_NAME_add_entry_by_txt(field, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  };
  set_name(X509_get_subject_name(x), subject.name);
  set_name(X509_get_issuer_name(x), issuer.name);
  X509_set_pubkey(x, &key);
  for (const auto& [nid, value] : subject.extensions) AddExtension(*x, nid, value);
  Require(X509_sign(x, issuer.key, nullptr) > 0, "sign a certificate");
  return certificate;
}

// Writes as a renewal should: the new content appears at once or not at all.
void WriteFile(const std::string& path, const std::string& content, mode_t mode) {
  const std::string draft = path + ".new";
  std::ofstream(draft, std::ios::binary) << content;
  Require(chmod(draft.c_str(), mode) == 0, "set a mode");
  std::filesystem::rename(draft, path);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string Content(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<size_t>(size)};
}

std::string Pem(X509& certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), &certificate);
  return Content(bio);
}

std::string Pem(EVP_PKEY& key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
  return Content(bio);
}

// Makes <directory>/<name>.crt and .key: an authority that, with a `host`, can sign only
// certificates whose URI is of that host.
void MakeAuthority(const std::string& directory, const std::string& name, const std::string& host) {
  const Key key = NewKey();
  Subject subject{.name = name,
                  .extensions = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                 {NID_key_usage, "critical,keyCertSign"}}};
  if (!host.empty()) {
    subject.extensions.emplace_back(NID_name_constraints, "critical,permitted;URI:" + host);
  }
  const Certificate certificate = MakeCertificate(subject, *key, {name, key.get()});
  WriteFile(absl::StrCat(directory, "/", name, ".crt"), Pem(*certificate), 0644);
  WriteFile(absl::StrCat(directory, "/", name, ".key"), Pem(*key), 0600);
}

std::string AuthorityName(TestCertificateOptions::Issuer issuer) {
  switch (issuer) {
    case TestCertificateOptions::Issuer::kServices:
      return "services-ca";
    case TestCertificateOptions::Issuer::kOfficers:
      return "officers-ca";
    case TestCertificateOptions::Issuer::kStranger:
      break;
  }
  return "stranger-ca";
}

}  // namespace

TestCertificates::TestCertificates() {
  directory_ = (std::filesystem::temp_directory_path() / "certificates-XXXXXX").string();
  Require(mkdtemp(directory_.data()) != nullptr, "make a directory");
  MakeAuthority(directory_, "services-ca", "services.oshirase");
  MakeAuthority(directory_, "officers-ca", "officers.oshirase");
  MakeAuthority(directory_, "stranger-ca", "");
  WriteFile(directory_ + "/all-cas.crt",
            ReadFile(directory_ + "/services-ca.crt") + ReadFile(directory_ + "/officers-ca.crt"),
            0644);
}

TestCertificates::~TestCertificates() { std::filesystem::remove_all(directory_); }

TlsFiles TestCertificates::Service(const std::string& name) {
  TlsFiles files = Issue({.uri = ServiceUri(name)});
  files.authorities = directory_ + "/all-cas.crt";
  return files;
}

TlsFiles TestCertificates::Officer(const std::string& id) {
  return Issue({.issuer = TestCertificateOptions::Issuer::kOfficers, .uri = OfficerUri(id)});
}

TlsFiles TestCertificates::Issue(const TestCertificateOptions& options) {
  const std::string stem = absl::StrCat(directory_, "/", ++issued_);
  TlsFiles files{.certificate = stem + ".crt",
                 .key = stem + ".key",
                 .authorities = directory_ + "/services-ca.crt"};
  Renew(files, options);
  return files;
}

void TestCertificates::Renew(const TlsFiles& files, const TestCertificateOptions& options) {
  const std::string authority = AuthorityName(options.issuer);
  const Bio file(BIO_new_file(absl::StrCat(directory_, "/", authority, ".key").c_str(), "r"));
  const Key authority_key(PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr));
  Require(authority_key != nullptr, "read the authority's key");

  const Key key = NewKey();
  Subject subject{.name = "test",
                  .valid_for = options.valid_for,
                  .extensions = {{NID_key_usage, "critical,digitalSignature"},
                                 {NID_ext_key_usage, "serverAuth,clientAuth"}}};
  if (!options.uri.empty()) {
    subject.extensions.emplace_back(NID_subject_alt_name, "URI:" + options.uri);
  }
  const Certificate certificate = MakeCertificate(subject, *key, {authority, authority_key.get()});
  WriteFile(files.key, Pem(*key), 0600);
  WriteFile(files.certificate, Pem(*certificate), 0644);
}

}  // namespace oshirase
