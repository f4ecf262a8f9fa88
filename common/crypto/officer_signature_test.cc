#include "common/crypto/officer_signature.h"

#include <catch2/catch.hpp>

#include "common/crypto/certificate_identity.h"
#include "common/crypto/testing/hex.h"
#include "common/status/errors.h"

namespace oshirase::crypto {
namespace {

// RFC 8410, section 10.3, and the public key of section 10.1.
constexpr char kRfcKey[] = R"(-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
)";
constexpr char kRfcPublicKey[] = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

// Made with openssl for these tests; nothing else trusts them.
constexpr char kP256Key[] = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgU5TzEZt23IFISWMn
l659OPjxgp9ERYpMaKqjH4oUnoWhRANCAASzEoXxFX3AbM3uttutNV3LPrebri/M
6kwsbat3wSNexG2Og46LdSHOfHfJ4X2ft1FS3wqBkYWXOgcAcZIlhvk8
-----END PRIVATE KEY-----
)";
constexpr char kEncryptedKey[] = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjtGC4+tJZnjAICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELETf7+6/4Cptn8q3o45GxcEQBNR
uZAB+6vO/OfL2wb4Buh8vojEJ9AJqezl4g18/r3EUHj5KJYDh/FIwS/rifFXmEbj
v9gojSGBAuwdPzcXwzM=
-----END ENCRYPTED PRIVATE KEY-----
)";
constexpr char kOfficerCertificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBcjCCASSgAwIBAgIUXddUILy5F4+tDG0go6pjzsVt53kwBQYDK2VwMBQxEjAQ
BgNVBAMMCW9mZmljZXItYTAgFw0yNjExMjIxMzU5MTNaGA8yMTI2MTAyOTEzNTkx
M1owFDESMBAGA1UEAwwJb2ZmaWNlci1hMCowBQYDK2VwAyEA47Acui95f5mHiLWb
iLiELJZTCyHKsJuB3YJspHnSyUyjgYUwgYIwHQYDVR0OBBYEFFwdfrEFAg9mnSaQ
auPZ/jk7IpEiMB8GA1UdIwQYMBaAFFwdfrEFAg9mnSaQauPZ/jk7IpEiMA8GA1Ud
EwEB/wQFMAMBAf8wLwYDVR0RBCgwJoYkc3BpZmZlOi8vb2ZmaWNlcnMub3NoaXJh
c2Uvb2ZmaWNlci1hMAUGAytlcANBAP/4ApsX3oOSDZ2qp/HFv6CI2Kqcdeseb2bU
Diw7tzHN8z8YO2uR28FiRWrfPAn0Q4UD7IdGauaGZbW9msiSVwo=
-----END CERTIFICATE-----
)";
constexpr char kTwoNamesCertificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBeDCCASqgAwIBAgIUd6m3BudVj3n3ko6KLo8TZ99V/0UwBQYDK2VwMAwxCjAI
BgNVBAMMAXgwIBcNMjYxMTIyMTM1OTEzWhgPMjEyNjEwMjkxMzU5MTNaMAwxCjAI
BgNVBAMMAXgwKjAFBgMrZXADIQDjsBy6L3l/mYeItZuIuIQsllMLIcqwm4Hdgmyk
edLJTKOBmzCBmDAdBgNVHQ4EFgQUXB1+sQUCD2adJpBq49n+OTsikSIwHwYDVR0j
BBgwFoAUXB1+sQUCD2adJpBq49n+OTsikSIwDwYDVR0TAQH/BAUwAwEB/zBFBgNV
HREEPjA8hhxzcGlmZmU6Ly9vZmZpY2Vycy5vc2hpcmFzZS9hhhxzcGlmZmU6Ly9v
ZmZpY2Vycy5vc2hpcmFzZS9iMAUGAytlcANBAMxiudh98oG3g9CgzH+LKDufNKwf
ZPBKMNS5DIeVKlXgcR89/aB6wyIxxFOcV1Blskz2ddmBdSUZNe9CKjxkGgs=
-----END CERTIFICATE-----
)";
constexpr char kNoUriCertificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBTDCB/6ADAgECAhQ5M3bS2+CoIPMgTaim+163Tz0QgTAFBgMrZXAwDDEKMAgG
A1UEAwwBeDAgFw0yNjExMjIxMzU5MTNaGA8yMTI2MTAyOTEzNTkxM1owDDEKMAgG
A1UEAwwBeDAqMAUGAytlcAMhAOOwHLoveX+Zh4i1m4i4hCyWUwshyrCbgd2CbKR5
0slMo3EwbzAdBgNVHQ4EFgQUXB1+sQUCD2adJpBq49n+OTsikSIwHwYDVR0jBBgw
FoAUXB1+sQUCD2adJpBq49n+OTsikSIwDwYDVR0TAQH/BAUwAwEB/zAcBgNVHREE
FTATghFvZmZpY2Vycy5vc2hpcmFzZTAFBgMrZXADQQDo7/HeXS1SWIwxlOlQGCVY
+SaM8ha/+RWUx3TDg3jr40x+4JiGBokReDzckfEfEy/ZDyR5/mG/nUKPSMXYfpwN
-----END CERTIFICATE-----
)";
constexpr char kP256Certificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBmDCCAT6gAwIBAgIUI+0PhvMjYFSUoYt1yg7IVrPAoIwwCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBeDAgFw0yNjExMjIxMzU5MTNaGA8yMTI2MTAyOTEzNTkxM1ow
DDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLMShfEVfcBs
ze622601Xcs+t5uuL8zqTCxtq3fBI17EbY6Djot1Ic58d8nhfZ+3UVLfCoGRhZc6
BwBxkiWG+TyjfDB6MB0GA1UdDgQWBBROZJBJB21kIJGNcbbS1YRG1RPxJTAfBgNV
HSMEGDAWgBROZJBJB21kIJGNcbbS1YRG1RPxJTAPBgNVHRMBAf8EBTADAQH/MCcG
A1UdEQQgMB6GHHNwaWZmZTovL29mZmljZXJzLm9zaGlyYXNlL2EwCgYIKoZIzj0E
AwIDSAAwRQIgHqL800ji+KrLmKv8lgsdOJZBfj3V2hrKehDosiFKXkYCIQCvNHRZ
6leUhvMeVjvjlndYMXtj+FIe7VRvQkoMmPvX7g==
-----END CERTIFICATE-----
)";

constexpr absl::Time kNow = absl::FromUnixSeconds(1606816800);

TEST_CASE("signatures agree with RFC 8032, section 7.1, tests 1 and 2") {
  const SigningKey first = SigningKey::FromSeed(
      SecretKey::FromBytes(
          FromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
          .value());
  CHECK(ToHex(first.verify_key()) ==
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(
      ToHex(first.Sign("")) ==
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
      "b46bd25bf5f0595bbe24655141438e7a100b");

  const SigningKey second = SigningKey::FromSeed(
      SecretKey::FromBytes(
          FromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
          .value());
  CHECK(
      ToHex(second.Sign("\x72")) ==
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
      "1d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("the key that TLS uses signs, read from PKCS#8 PEM") {
  const auto key = SigningKey::FromPem(kRfcKey);
  REQUIRE(key.ok());
  CHECK(ToHex(key->verify_key()) == kRfcPublicKey);
  CHECK(Verify(key->verify_key(), "message", key->Sign("message")));
}

TEST_CASE("keys of another kind, encrypted keys and no keys are refused, without asking") {
  for (const char* pem : {kP256Key, kEncryptedKey, kOfficerCertificate, "", "nonsense"}) {
    CHECK(ReasonOf(SigningKey::FromPem(pem).status()) == "INVALID_SIGNING_KEY");
  }
}

TEST_CASE("a signature of the wrong size, or by a key of small order, is none") {
  const SigningKey key = SigningKey::FromPem(kRfcKey).value();
  const std::string signature = key.Sign("message");
  CHECK_FALSE(Verify(key.verify_key(), "message", ""));
  CHECK_FALSE(Verify(key.verify_key(), "message", signature.substr(1)));
  CHECK_FALSE(Verify(key.verify_key(), "message", signature + "x"));
  // The neutral point would "sign" every message with R = neutral and S = 0.
  VerifyKey neutral{};
  neutral[0] = 1;
  std::string forged(kSignatureSize, '\0');
  forged[0] = 1;
  CHECK_FALSE(Verify(neutral, "message", forged));
}

TEST_CASE("what is signed is the prefix, the role, the digest and the time") {
  // Computed in Python.
  const Digest digest = Sha256("\x08\x01statement");
  CHECK(ToHex(digest) == "4140b72dd7e3abda2f5a93f44836fc3878776c84a5e6d4cf5da9f0b3e5da936b");
  CHECK(
      ToHex(SignatureMessage(SignatureRole::kApprove, digest, kNow)) ==
      "6f736869726173652f763100617070726f7665004140b72dd7e3abda2f5a93f44836fc3878776c84a5e6d4cf5da9"
      "f0b3e5da936b000000005fc61420");
}

TEST_CASE("a signature holds for its own role, statement, time and key only") {
  const SigningKey key = SigningKey::FromPem(kRfcKey).value();
  const VerifyKey& mine = key.verify_key();
  const Digest digest = Sha256("statement");
  const auto signature =
      SignStatement(key, SignatureRole::kApprove, digest, kNow + absl::Milliseconds(900));
  CHECK(signature.signed_at == kNow);
  CHECK(VerifyStatement(mine, SignatureRole::kApprove, digest, signature).ok());

  const VerifyKey other = SigningKey::FromSeed(SecretKey::Random()).verify_key();
  OfficerSignature later = signature;
  later.signed_at += absl::Seconds(1);
  for (const absl::Status& status :
       {VerifyStatement(mine, SignatureRole::kSubmit, digest, signature),
        VerifyStatement(mine, SignatureRole::kReject, digest, signature),
        VerifyStatement(mine, SignatureRole::kApprove, Sha256("Statement"), signature),
        VerifyStatement(mine, SignatureRole::kApprove, digest, later),
        VerifyStatement(other, SignatureRole::kApprove, digest, signature)}) {
    CHECK(absl::IsPermissionDenied(status));
    CHECK(ReasonOf(status) == "SIGNATURE_INVALID");
  }
}

TEST_CASE("a certificate tells its name, its key and its dates") {
  const auto identity = ReadCertificate(kOfficerCertificate);
  REQUIRE(identity.ok());
  CHECK(identity->uri == "spiffe://officers.oshirase/officer-a");
  CHECK(ToHex(identity->verify_key) ==
        "e3b01cba2f797f998788b59b88b8842c96530b21cab09b81dd826ca479d2c94c");
  CHECK(absl::FormatTime(identity->not_before, absl::UTCTimeZone()) == "2026-11-22T13:59:13+00:00");
  CHECK(absl::FormatTime(identity->not_after, absl::UTCTimeZone()) == "2126-10-29T13:59:13+00:00");
}

TEST_CASE("a certificate with no URI name or two, with another kind of key, or none, is refused") {
  for (const char* pem :
       {kTwoNamesCertificate, kNoUriCertificate, kP256Certificate, kRfcKey, "", "nonsense"}) {
    CHECK(ReasonOf(ReadCertificate(pem).status()) == "INVALID_CERTIFICATE");
  }
}

}  // namespace
}  // namespace oshirase::crypto
