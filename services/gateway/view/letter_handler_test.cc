#include "services/gateway/view/letter_handler.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/status/errors.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

Fields EnquiryFrom(const HttpResponse& page) {
  return {{"page", HiddenField(page, "page")},
          {"sender", "みなと商店"},
          {"reply_email", "minato@example.jp"},
          {"subject", "取り替え"},
          {"question", "一行目\r\n二行目"}};
}

Fields ReportFrom(const HttpResponse& page) {
  return {{"page", HiddenField(page, "page")},
          {"what", "tampered_qr"},
          {"certificate_number", ""},
          {"place", "みなと食堂"},
          {"seen", "上からシール"},
          {"reply_email", ""}};
}

// What the sender may quote.
std::string NumberOn(const HttpResponse& page) {
  const std::string before = "<span class=\"code\">";
  const size_t start = page.body.find(before) + before.size();
  return page.body.substr(start, page.body.find('<', start) - start);
}

TEST_CASE("an enquiry is kept once, however often its page is sent, and has a number to quote") {
  Site site;
  const Fields fields = EnquiryFrom(site.Get("/enquiry"));
  const HttpResponse first = site.Get(Site::LocationOf(site.Post("/enquiry", fields)));
  const HttpResponse second = site.Get(Site::LocationOf(site.Post("/enquiry?lang=ja", fields)));
  CHECK(Has(first, "問い合わせを受け付けました"));
  CHECK(NumberOn(first).size() == 16);
  CHECK(NumberOn(first) == NumberOn(second));
  REQUIRE(site.everybody.enquiries().size() == 1);
  const Enquiry kept = site.everybody.enquiries().begin()->second;
  CHECK(kept.name == "みなと商店");
  CHECK(kept.email == "minato@example.jp");
  CHECK(kept.text == "一行目\n二行目");
  CHECK(site.cookie.empty());

  site.Post("/enquiry", With(fields, "question", "別のこと"));
  CHECK(site.everybody.enquiries().size() == 2);
}

TEST_CASE("a report needs no name, and takes the number of the certificate it came from") {
  Site site;
  const HttpResponse page = site.Get("/report?number=3F7K-9Q2M-XW4T-8");
  CHECK(Has(page, "value=\"3F7K-9Q2M-XW4T-8\""));
  const HttpResponse sent = site.Get(Site::LocationOf(site.Post("/report", ReportFrom(page))));
  CHECK(Has(sent, "ありがとうございます"));
  REQUIRE(site.everybody.reports().size() == 1);
  CHECK(site.everybody.reports().begin()->second.subject == Report::Subject::kTamperedQr);
}

TEST_CASE("what is missing is told in the summary and at its field, and nothing typed is lost") {
  Site site;
  const HttpResponse page =
      site.Post("/report", With(With(ReportFrom(site.Get("/report")), "what", ""), "place", ""));
  CHECK(page.status == 422);
  CHECK(Has(page, "<title>エラー："));
  CHECK(Has(page, "<a href=\"#what\">知らせたいことを選んでください</a>"));
  CHECK(Has(page, "<a href=\"#place\">"));
  CHECK(Has(page, "id=\"what-problem\""));
  CHECK(Has(page, "上からシール</textarea>"));
  CHECK(site.everybody.reports().empty());
}

TEST_CASE("hostile text comes back as text") {
  Site site;
  const HttpResponse page =
      site.Post("/enquiry", With(With(EnquiryFrom(site.Get("/enquiry")), "sender", ""), "question",
                                 "</textarea><script>alert(1)</script>"));
  CHECK(page.status == 422);
  CHECK_FALSE(Has(page, "<script>alert"));
  CHECK(Has(page, "&lt;/textarea&gt;"));
}

TEST_CASE("other sites, forged pages and old ones are refused") {
  Site site;
  const Fields fields = EnquiryFrom(site.Get("/enquiry"));
  CHECK(site.Post("/enquiry", fields, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
  CHECK(site.Post("/enquiry", With(fields, "page", "forged")).status == 400);
  CHECK(site.Get("/enquiry/sent?t=forged").status == 400);
  site.now += absl::Hours(25);
  CHECK(site.Post("/enquiry", fields).status == 410);
  CHECK(site.everybody.enquiries().empty());
}

TEST_CASE("while the registry is away, the letter stays on its page and can be sent again") {
  Site site;
  const Fields fields = EnquiryFrom(site.Get("/enquiry"));
  site.everybody.FailNext(absl::UnavailableError("down"));
  const HttpResponse page = site.Post("/enquiry", fields);
  CHECK(page.status == 503);
  CHECK(Has(page, "もう一度送信してください"));
  CHECK(Has(page, "二行目</textarea>"));
  CHECK(HiddenField(page, "page") == fields[0].second);
  CHECK(site.Post("/enquiry", fields).status == 303);
}

TEST_CASE("a full mailbox and a field the registry refuses are told at the field") {
  Site site;
  const Fields fields = EnquiryFrom(site.Get("/enquiry"));
  site.everybody.FailNext(
      ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_MAILS", "too many"));
  CHECK(Has(site.Post("/enquiry", fields), "<a href=\"#reply_email\">このアドレスには"));
  site.everybody.FailNext(InvalidFields("ENQUIRY_INVALID", {{"text", "is odd"}}));
  CHECK(Has(site.Post("/enquiry", fields), "<a href=\"#question\">"));
  site.everybody.FailNext(absl::InternalError("secret"));
  const HttpResponse broken = site.Post("/enquiry", fields);
  CHECK(broken.status == 500);
  CHECK_FALSE(Has(broken, "secret"));
}

}  // namespace
}  // namespace oshirase::gateway
