#include "services/registry/mail/mustache_mail_texts.h"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/registry/mail/templates.h"
#include "services/registry/testing/mail_scene.h"

namespace oshirase::registry {
namespace {

const MailSite kSite = {.prefecture_name = "神奈川県",
                        .contact_phone = "0570-000-000",
                        .enquiry_url = "https://oshirase.example.jp/enquiry"};

// A letter of `kind` whose values say their names.
Letter LetterOf(MailKind kind) {
  Letter letter{.kind = kind, .to = "owner@example.jp"};
  for (const std::string& name : ValuesOf(kind)) {
    letter.values[name] = absl::EndsWith(name, "_url")
                              ? absl::StrCat("https://example.jp/?a=", name, "&b=2")
                          : absl::EndsWith(name, "_text") ? absl::StrCat("<", name, ">\n\nend")
                                                          : absl::StrCat("<", name, "> & 'co'");
  }
  return letter;
}

std::string EscapedForHtml(std::string text) {
  for (const auto& [from, to] :
       {std::pair{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"'", "&apos;"}})
    text = absl::StrReplaceAll(text, {{from, to}});
  return text;
}

std::set<std::string> NamesIn(std::string_view content) {
  static const std::regex tag(R"(\{\{([#/]?)([a-z_]+)\}\})");
  std::set<std::string> names;
  const std::string text(content);
  for (std::sregex_iterator it(text.begin(), text.end(), tag), end; it != end; ++it)
    names.insert((*it)[2]);
  return names;
}

TEST_CASE("every template is well formed and no HTML has raw text") {
  CHECK(MustacheMailTexts::CheckTemplates().ToString() == "OK");
}

TEST_CASE("templates name nothing that a letter of their kind does not have") {
  for (const MailKind kind : kMailKinds) {
    std::set<std::string> known = {"prefecture", "line"};
    for (const std::string& name : ValuesOf(kind)) {
      known.insert(name);
      if (absl::EndsWith(name, "_text")) known.insert(name.substr(0, name.size() - 4) + "lines");
    }
    for (const char* form : {".txt", ".html"}) {
      const std::string file = absl::StrCat(absl::AsciiStrToLower(NameOf(kind)), form);
      for (const std::string& name : NamesIn(FindMailTemplate(file))) {
        INFO(file << " " << name);
        CHECK(known.contains(name));
      }
    }
  }
}

TEST_CASE("every value of a letter is in the text as it stands and in the HTML escaped") {
  const MustacheMailTexts texts(kSite);
  for (const MailKind kind : kMailKinds) {
    const Letter letter = LetterOf(kind);
    const auto mail = texts.Write(letter);
    REQUIRE(mail.ok());
    CHECK(mail->to == letter.to);
    CHECK(CheckMail(*mail).ToString() == "OK");
    for (const auto& [name, value] : letter.values) {
      INFO(NameOf(kind) << " " << name);
      CHECK(absl::StrContains(mail->text, value));
      const std::string first_line = std::vector<std::string>(absl::StrSplit(value, '\n'))[0];
      CHECK(absl::StrContains(mail->html, EscapedForHtml(first_line)));
      CHECK_FALSE(absl::StrContains(mail->html, absl::StrCat("<", name, ">")));
    }
  }
}

TEST_CASE("every mail says who writes, how to ask, and that nobody reads answers") {
  const MustacheMailTexts texts(kSite);
  for (const MailKind kind : kMailKinds) {
    const auto mail = texts.Write(LetterOf(kind));
    REQUIRE(mail.ok());
    INFO(mail->text);
    CHECK(absl::StartsWith(mail->subject, "【神奈川県】"));
    CHECK(absl::StartsWith(mail->text, "神奈川県 LINEお知らせシステムです。\n"));
    CHECK(absl::StartsWith(mail->html, "<!DOCTYPE html>\n<html lang=\"ja\">"));
    CHECK(absl::StrContains(mail->html, absl::StrCat("<title>", EscapedForHtml(mail->subject))));
    for (const std::string* part : {&mail->text, &mail->html}) {
      for (const char* said : {"0570-000-000", "https://oshirase.example.jp/enquiry", "送信専用"})
        CHECK(absl::StrContains(*part, said));
      CHECK_FALSE(absl::StrContains(*part, "{{"));
    }
  }
}

TEST_CASE("no mail loads or runs anything") {
  for (const MailTemplate& each : MailTemplates()) {
    INFO(each.name);
    for (const char* tag : {"<img", "<script", "<link", "<style", "<iframe", "src=", "url("})
      CHECK_FALSE(absl::StrContains(std::string(each.content), tag));
  }
}

TEST_CASE("lines of the text fit an 80 column terminal, apart from addresses and values") {
  for (const MailTemplate& each : MailTemplates()) {
    if (!absl::EndsWith(std::string(each.name), ".txt")) continue;
    for (const auto line : absl::StrSplit(std::string(each.content), '\n')) {
      if (absl::StartsWith(line, "【") || absl::StrContains(line, "{{")) continue;
      INFO(each.name << ": " << line);
      // Three bytes of UTF-8 are two columns.
      CHECK(line.size() <= 80 / 2 * 3);
    }
  }
}

TEST_CASE("a mailbox that is not proven gets nothing that was typed into a form") {
  for (const MailKind kind :
       {MailKind::kConfirmMailbox, MailKind::kEnquiryReceived, MailKind::kUpkeepLink}) {
    for (const std::string& name : ValuesOf(kind)) {
      INFO(name);
      CHECK((absl::EndsWith(name, "_url") || absl::EndsWith(name, "_number") ||
             absl::EndsWith(name, "_time") || name == "valid_until"));
    }
  }
}

TEST_CASE("what looks like a template in a value stays what it is") {
  Letter letter = LetterOf(MailKind::kCertificateIssued);
  letter.values["venue_name"] = "{{prefecture}} {{{contact_phone}}} {{>foot}}";

  const auto mail = MustacheMailTexts(kSite).Write(letter);

  REQUIRE(mail.ok());
  CHECK(absl::StrContains(mail->text, letter.values["venue_name"]));
  CHECK(absl::StrContains(mail->html, EscapedForHtml(letter.values["venue_name"])));
}

TEST_CASE("a letter that lacks a value is not written") {
  Letter letter = LetterOf(MailKind::kUpkeepLink);
  letter.values.erase("valid_until");
  CHECK_FALSE(MustacheMailTexts(kSite).Write(letter).ok());
}

}  // namespace
}  // namespace oshirase::registry
