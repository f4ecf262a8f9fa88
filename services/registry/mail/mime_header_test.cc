#include "services/registry/mail/mime_header.h"

#include <catch2/catch.hpp>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

// What is between "=?UTF-8?B?" and "?=".
std::string Decoded(const std::string& word) {
  std::string decoded;
  CHECK(absl::Base64Unescape(word.substr(10, word.size() - 12), &decoded));
  return decoded;
}

TEST_CASE("encoded words are short, whole characters, and decode to the text") {
  const std::string names = "葛󠄀飾区の髙﨑屋 𠮷田店 👨‍👩‍👧‍👦 さま";
  std::string shift;
  for (int i = 0; i < 60; ++i) {
    shift += "a";
    for (const std::string& text : {shift, shift + names + names + names}) {
      const std::vector<std::string> words = absl::StrSplit(EncodedWords(text), "\r\n ");
      std::string joined;
      for (const std::string& word : words) {
        CHECK(word.size() <= 67);  // 76 with "Subject: " before it
        CHECK(word.substr(0, 10) == "=?UTF-8?B?");
        CHECK(IsUtf8(Decoded(word)));
        joined += Decoded(word);
      }
      CHECK(joined == text);
    }
  }
}

TEST_CASE("what looks like an encoded word is encoded itself") {
  CHECK(Decoded(EncodedWords("=?UTF-8?B?QQ==?=")) == "=?UTF-8?B?QQ==?=");
}

TEST_CASE("a date is written by RFC 5322, in Japan's time") {
  CHECK(MailDate(absl::FromUnixSeconds(1'607'580'000)) == "Thu, 10 Dec 2020 15:00:00 +0900");
}

TEST_CASE("an address gets quotes where RFC 5322 wants them") {
  CHECK(QuotedAddress("owner@example.jp") == "owner@example.jp");
  CHECK(QuotedAddress("a.b@example.jp") == "a.b@example.jp");
  CHECK(QuotedAddress("a..b@docomo.ne.jp") == "\"a..b\"@docomo.ne.jp");
  CHECK(QuotedAddress("a.@docomo.ne.jp") == "\"a.\"@docomo.ne.jp");
  CHECK(QuotedAddress(".a@docomo.ne.jp") == "\".a\"@docomo.ne.jp");
}

}  // namespace
}  // namespace oshirase::registry
