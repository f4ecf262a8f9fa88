#include "services/gateway/forms/letter.h"

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

Letter GoodReport() {
  return {{"what", "tampered_qr"},
          {"certificate_number", ""},
          {"place", "みなと食堂"},
          {"seen", "上からシール"},
          {"reply_email", ""}};
}

Letter Changed(Letter letter, const std::string& field, const std::string& value) {
  letter[field] = value;
  return letter;
}

std::string FirstProblem(LetterKind kind, const Letter& letter) {
  const auto problems = CheckLetter(kind, letter);
  return problems.empty() ? "" : problems.front().word;
}

TEST_CASE("a letter keeps its paragraphs and loses what nobody can see") {
  const FormBody body = {{"seen", "\r\n一行目 \r\n\r\n\r\n二行目\u202E\r\n三行目\r\n\r\n"},
                         {"place", "  店\r\n名  "},
                         {"nothing", "of ours"}};
  const Letter letter = ReadLetter(LetterKind::kReport, body);
  CHECK(letter.at("seen") == "一行目\n\n二行目\n三行目");
  CHECK(letter.at("place") == "店 名");
  CHECK_FALSE(letter.contains("nothing"));
}

TEST_CASE("a report needs its subject, what was seen, and where or which number") {
  const LetterKind report = LetterKind::kReport;
  CHECK(FirstProblem(report, GoodReport()).empty());
  CHECK(FirstProblem(report, Changed(GoodReport(), "what", "")) == "field.what_missing");
  CHECK(FirstProblem(report, Changed(GoodReport(), "what", "else")) == "field.what_missing");
  CHECK(FirstProblem(report, Changed(GoodReport(), "seen", "")) == "field.seen_missing");
  CHECK(FirstProblem(report, Changed(GoodReport(), "place", "")) == "field.place_missing");
  const Letter numbered = Changed(GoodReport(), "certificate_number", "偽造 1234");
  CHECK(FirstProblem(report, Changed(numbered, "place", "")).empty());
  CHECK(FirstProblem(report, Changed(GoodReport(), "reply_email", "x")) ==
        "field.reply_email_wrong");
}

TEST_CASE("lengths count characters as a reader does") {
  std::string families;
  for (int i = 0; i < 2000; ++i) families += "👨‍👩‍👧";
  CHECK(FirstProblem(LetterKind::kReport, Changed(GoodReport(), "seen", families)).empty());
  CHECK(FirstProblem(LetterKind::kReport, Changed(GoodReport(), "seen", families + "x")) ==
        "field.seen_long");
}

TEST_CASE("the same letter from the same page has the same id, and no other has") {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  const std::string id = LetterRequestId(key, "page", GoodReport());
  CHECK(id.size() == 36);
  CHECK(LetterRequestId(key, "page", GoodReport()) == id);
  CHECK(LetterRequestId(key, "other", GoodReport()) != id);
  CHECK(LetterRequestId(key, "page", Changed(GoodReport(), "seen", "x")) != id);
}

TEST_CASE("the registry's names of fields lead to those of the page") {
  CHECK(LetterFieldOf(LetterKind::kEnquiry, "text") == "question");
  CHECK(LetterFieldOf(LetterKind::kReport, "text") == "seen");
  CHECK(LetterFieldOf(LetterKind::kReport, "subject") == "what");
  CHECK(LetterFieldOf(LetterKind::kEnquiry, "subject") == "subject");
  CHECK(LetterFieldOf(LetterKind::kEnquiry, "request_id").empty());
}

}  // namespace
}  // namespace oshirase::gateway
