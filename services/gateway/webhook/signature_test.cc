#include "services/gateway/webhook/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

const std::string kSecret = "8c570fa6dd201bb328f1c1eac23a96d8";
const std::string kBody = R"({"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]})";
const std::string kSignature = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=";

std::string Base64(const unsigned char* bytes, size_t size) {
  std::string result((size + 2) / 3 * 4 + 1, '\0');
  result.resize(static_cast<size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()),
                                                    bytes, static_cast<int>(size))));
  return result;
}

// By OpenSSL's one-shot function, which the verifier does not use.
std::string Sign(const std::string& secret, const std::string& body, const EVP_MD* digest) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(digest, secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
  return Base64(mac, size);
}

std::string Sign(const std::string& secret, const std::string& body) {
  return Sign(secret, body, EVP_sha256());
}

TEST_CASE("the signature LINE publishes as an example is valid") {
  CHECK(SignatureVerifier({kSecret}).IsValid(kBody, kSignature));
}

TEST_CASE("signatures made by openssl dgst are valid, whatever the bytes signed") {
  // printf '%s' BODY | openssl dgst -sha256 -hmac SECRET -binary | base64
  const SignatureVerifier verifier({"channel-secret-for-tests"});
  CHECK(verifier.IsValid("", "/5NvZOm2joI/78MXqJkuKueQtTZaCIZEwESdBybjMuQ="));
  CHECK(verifier.IsValid("abc", "AMcQtviCAyiC52OqlrkudqonxUejx1dukrgPtLokjKY="));
  CHECK(verifier.IsValid("{\"text\":\"\\uD83D\\uDE04\"}",
                         "B5WUcb1AG4e/2Y9lbW4ZZVVnJ+0KE90ORFG531Z22z4="));
  CHECK(verifier.IsValid("{\"text\":\"😄\"}", "LsVhIT+H077g5KKn9l9QUM9Xzb5qKg5AEFy9VKvIF/Q="));
}

TEST_CASE("bodies of every size that crosses a block of the hash agree with the one-shot HMAC") {
  const SignatureVerifier verifier({kSecret});
  for (size_t size = 0; size < 200; ++size) {
    const std::string body(size, '\0');
    CHECK(verifier.IsValid(body, Sign(kSecret, body)));
  }
  const std::string large(1024 * 1024, 'x');
  CHECK(verifier.IsValid(large, Sign(kSecret, large)));
}

TEST_CASE("the same JSON with other white space does not fit the old signature") {
  CHECK_FALSE(SignatureVerifier({kSecret}).IsValid(
      R"({"destination": "U8e742f61d673b39c7fff3cecb7536ef0", "events": []})", kSignature));
}

TEST_CASE("a signature under any accepted secret is valid, under another it is not") {
  const SignatureVerifier verifier({"old", "new"});
  CHECK(verifier.IsValid(kBody, Sign("old", kBody)));
  CHECK(verifier.IsValid(kBody, Sign("new", kBody)));
  CHECK_FALSE(verifier.IsValid(kBody, Sign("third", kBody)));
}

TEST_CASE("what is not exactly the Base64 of the right MAC is refused") {
  const SignatureVerifier verifier({kSecret});
  const std::string mac_of_other = Sign(kSecret, kBody + " ");
  std::string url_safe = kSignature;
  for (char& c : url_safe) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  std::string case_flipped = kSignature;
  case_flipped[0] = 'g';
  std::string stray_bits = kSignature;
  stray_bits[42] = 't';  // "Ls=" and "Lt=" name the same byte
  const std::string with_nul = kSignature.substr(0, 20) + '\0' + kSignature.substr(21);

  for (const std::string& bad :
       {std::string(), std::string("="), std::string("invalid_signature"), kSignature.substr(0, 43),
        kSignature + "=", kSignature + kSignature, " " + kSignature.substr(0, 43), url_safe,
        case_flipped, stray_bits, with_nul, mac_of_other, std::string(44, '='),
        std::string("1a144a9af987cace0f8bc0f1905e3e11ac9a1f43aab49b5a671813"),
        Sign(kSecret, kBody, EVP_sha1()), Sign(kSecret, kBody, EVP_sha512()),
        std::string(44, '\xff'), std::string(100'000, 'A')}) {
    CHECK_FALSE(verifier.IsValid(kBody, bad));
  }
}

}  // namespace
}  // namespace oshirase::gateway
