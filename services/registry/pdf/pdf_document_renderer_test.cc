#include "services/registry/pdf/pdf_document_renderer.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "common/status/errors.h"
#include "services/registry/pdf/testing/example_sheets.h"
#include "services/registry/pdf/testing/printed.h"

namespace oshirase::registry::pdf {
namespace {

std::unique_ptr<PdfDocumentRenderer> NewRenderer() {
  auto renderer = PdfDocumentRenderer::Create();
  REQUIRE(renderer.ok());
  return *std::move(renderer);
}

std::string Render(const Document& document) {
  const auto pdf = NewRenderer()->Render(document);
  INFO(pdf.status());
  REQUIRE(pdf.ok());
  return *pdf;
}

std::string ReasonFor(const CertificateSheet& sheet) {
  return ReasonOf(NewRenderer()->Render(Certificate{sheet}).status());
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

CertificateSheet Named(const std::string& name) {
  auto sheet = ExampleCertificate(8);
  sheet.venue_name = name;
  return sheet;
}

TEST_CASE("the same values are the same bytes, on any thread and after other sheets") {
  const auto renderer = NewRenderer();
  const Document document = Certificate{ExampleCertificate(12)};
  const std::string first = *renderer->Render(document);

  std::vector<std::thread> threads;
  std::array<std::string, 4> drawn;
  for (std::string& pdf : drawn) {
    threads.emplace_back([&] {
      renderer->Render(Poster{ExampleCheckInSheet()}).IgnoreError();
      pdf = *renderer->Render(document);
    });
  }
  for (std::thread& thread : threads) thread.join();

  for (const std::string& pdf : drawn) CHECK(pdf == first);
  CHECK(Render(document) == first);
}

TEST_CASE(
    "names in more scripts than there are faces kept open are drawn by four threads at once") {
  const auto renderer = NewRenderer();
  const std::vector<std::string> names = {
      "みなと食堂", "𠮷野家", "مطعم الميناء", "מסעדת הנמל", "한국식당", "ไทย",  "क्षि",
      "😀🍜",         "ꙮ",      "𝕸𝖎",           "တ",          "ಠ_ಠ",      "𠀀𪛖", "中国餐厅骨"};
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (size_t i = 0; i < 100; ++i) {
        auto sheet = ExampleCertificate(3);
        sheet.venue_name = names[(i * 7 + thread * 5) % names.size()];
        if (!renderer->Render(Certificate{sheet}).ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == 0);
}

TEST_CASE("a sheet does not wait for the whole of a long book") {
  const auto renderer = NewRenderer();
  const std::vector<Document> book(60, Certificate{ExampleCertificate(3)});
  std::atomic<bool> book_made = false;
  std::atomic<bool> book_done = false;
  std::thread printer([&] {
    book_made = renderer->RenderBook("みんなの取組書", book).ok();
    book_done = true;
  });
  int sheets = 0;
  while (sheets < 5 && !book_done) {
    CHECK(renderer->Render(Certificate{ExampleCertificate(3)}).ok());
    ++sheets;
  }
  const bool was_done = book_done;
  printer.join();
  CHECK(book_made);
  CHECK_FALSE(was_done);
}

TEST_CASE("every QR of every sheet is read back, at 72 and at 200 dots per inch") {
  const auto sheet = ExampleCertificate(15);
  const std::string check_in = sheet.check_in.url;
  struct Case {
    Document document;
    std::vector<std::string> urls;
  };
  const Case cases[] = {{Certificate{sheet}, {check_in, sheet.verify_url}},
                        {Poster{ExampleCheckInSheet()}, {check_in}},
                        {TableTent{ExampleCheckInSheet()}, {check_in, check_in}},
                        {Stickers{ExampleCheckInSheet()}, std::vector<std::string>(8, check_in)}};

  for (const Case& each : cases) {
    const Printed printed(Render(each.document));
    CHECK(printed.QrTexts(1, 72) == each.urls);
    CHECK(printed.QrTexts(1, 200) == each.urls);
  }
}

TEST_CASE("the small QR is read back from a coarse picture, however long its address is") {
  auto sheet = ExampleCertificate(5);
  for (const int length : {40, 53, 60, 78, 90, 106}) {
    sheet.verify_url = "https://oshirase.example.jp/certificates/3F7K9Q2MXW4T8";
    sheet.verify_url.resize(static_cast<size_t>(length), 'x');
    INFO(length);
    CHECK(Printed(Render(Certificate{sheet})).QrTexts(1, 72).back() == sheet.verify_url);
  }
}

TEST_CASE("every word of a certificate can be copied out of it") {
  auto sheet = ExampleCertificate(30);
  sheet.venue_name = "髙﨑𠮷葛\U000E0100 한국 请 Việt";
  const std::string text = Printed(Render(Certificate{sheet})).TextWithoutSpaces();

  CHECK(Has(text, "髙﨑𠮷葛\U000E0100한국请Việt"));
  for (const char* words :
       {"感染防止対策取組書", "飲食店", "横浜市中区山下町123-4", "第2版", "3F7K-9Q2M-XW4T-8",
        "2026年11月22日発行", "神奈川県", "7K3M-PQ9R-XW2D-VT4H-N",
        "https://oshirase.pref.example.jp/c/7K3MPQ9RXW2DVT4HN", "0570-000-000",
        "QRコードは株式会社デンソーウェーブの登録商標です。"}) {
    CHECK(Has(text, words));
  }
  for (const auto& group : sheet.groups) {
    CHECK(Has(text, group.name));
    for (const auto& line : group.lines) CHECK(Has(text, line.text + (line.is_new ? "New!" : "")));
  }
}

TEST_CASE("fonts are embedded, the file is sound, tagged and says what its pictures show") {
  const Document documents[] = {Certificate{ExampleCertificate(20)}, Poster{ExampleCheckInSheet()},
                                TableTent{ExampleCheckInSheet()}, Stickers{ExampleCheckInSheet()}};
  for (const Document& document : documents) {
    const std::string pdf = Render(document);
    const Printed printed(pdf);

    CHECK(pdf.size() < 150'000);
    CHECK(printed.Info("Tagged") == "yes");
    CHECK(Has(printed.Info("Page size"), "(A4)"));
    CHECK(Has(printed.Info("Title"), "らーめん処 みなと家"));
    CHECK(printed.Problems().empty());
    for (const std::string& font : printed.Fonts()) {
      INFO(font);
      CHECK(Has(font, " yes yes yes "));
    }
    const std::string objects = printed.Objects();
    for (const char* part : {"\"/Lang\": \"u:ja-JP\"", "\"/DisplayDocTitle\": true",
                             "\"/Alt\": \"u:来店を登録するQRコード"}) {
      CHECK(Has(objects, part));
    }
  }
}

TEST_CASE("up to 30 measures are one page, and up to 60 two at most") {
  const auto renderer = NewRenderer();
  for (int measures = 1; measures <= 60; ++measures) {
    const Printed printed(*renderer->Render(Certificate{ExampleCertificate(measures)}));
    INFO(measures);
    CHECK(printed.PageCount() <= (measures <= 30 ? 1 : 2));
  }
}

TEST_CASE("measures that do not fit go on, under their group's name") {
  auto sheet = ExampleCertificate(100);
  for (auto& group : sheet.groups) {
    for (auto& line : group.lines) line.text += "。" + line.text + "。" + line.text;
  }
  const Printed printed(Render(Certificate{sheet}));
  const std::string text = printed.TextWithoutSpaces();

  CHECK(printed.PageCount() > 1);
  CHECK(Has(text, "感染防止対策取組書(つづき)"));
  CHECK(Has(text, "(つづき)"));
  for (const auto& group : sheet.groups) {
    for (const auto& line : group.lines) CHECK(Has(text, line.text));
  }
}

TEST_CASE("an unlisted venue's address and an ordinary venue's dates are not there") {
  auto sheet = ExampleCertificate(5);
  sheet.venue_address.clear();
  sheet.event_dates = "2026年12月5日〜6日";
  const std::string event = Printed(Render(Certificate{sheet})).TextWithoutSpaces();
  CHECK(Has(event, "開催2026年12月5日〜6日"));
  CHECK(Has(event, "この催しは"));
  CHECK_FALSE(Has(event, "山下町"));

  sheet.event_dates.clear();
  CHECK_FALSE(Has(Printed(Render(Certificate{sheet})).TextWithoutSpaces(), "開催"));
}

TEST_CASE("a drill's sheets all say so, and no other does") {
  auto certificate = ExampleCertificate(5);
  auto check_in = ExampleCheckInSheet();
  for (const bool drill : {false, true}) {
    certificate.drill = drill;
    check_in.drill = drill;
    const Document documents[] = {Certificate{certificate}, Poster{check_in}, TableTent{check_in},
                                  Stickers{check_in}};
    for (const Document& document : documents) {
      CHECK(Has(Printed(Render(document)).TextWithoutSpaces(), "訓練用") == drill);
    }
  }
}

TEST_CASE("hostile names become plain text, and never break a sheet") {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"<script>alert(1)</script>", "<script>alert(1)</script>"},
      {"=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"},
      {"%s%n (a) Tj ET endstream", "%s%n(a)TjETendstream"},
      {"\u202Eりとき\u202C", "りとき"},
      {"店\u200B\u200B舗", "店舗"},
      {"👨‍👩‍👧‍👦食堂", "食堂"},
      {"タピオカ🧋", "タピオカ〓"},
      {"外\uE123字", "外〓字"},
      {"&lt;b&gt; 'quote' \\", "&lt;b&gt;'quote'\\"}};
  for (const auto& [name, printed] : names) {
    const Printed sheet(Render(Certificate{Named(name)}));
    CHECK(Has(sheet.TextWithoutSpaces(), printed));
    CHECK(sheet.Problems().empty());
  }
}

TEST_CASE("names of a hundred characters fit every sheet") {
  std::string longest;
  std::string families;
  for (int i = 0; i < 100; ++i) {
    longest += "鷹";
    families += "👨‍👩‍👧";
  }
  for (const std::string& name : {longest, families, std::string(100, 'W')}) {
    auto sheet = ExampleCheckInSheet();
    sheet.venue_name = name;
    const Document documents[] = {Certificate{Named(name)}, Poster{sheet}, TableTent{sheet},
                                  Stickers{sheet}};
    for (const Document& document : documents) {
      CHECK(Printed(Render(document)).PageCount() == 1);
    }
  }
}

TEST_CASE("what no sheet can hold is refused by name") {
  CHECK(ReasonFor(Named(std::string(10000, 'a'))) == "DOCUMENT_TEXT_TOO_LONG");
  CHECK(ReasonFor(Named(std::string("a\0b", 3))) == "DOCUMENT_TEXT_INVALID");
  CHECK(ReasonFor(Named("")) == "DOCUMENT_TEXT_MISSING");
  CHECK(ReasonFor(ExampleCertificate(101)) == "DOCUMENT_TEXT_TOO_LONG");
  CHECK(ReasonFor(ExampleCertificate(0)) == "DOCUMENT_TEXT_MISSING");
  auto sheet = ExampleCertificate(3);
  sheet.verify_url = "https://example.jp/" + std::string(300, 'x');
  CHECK(ReasonFor(sheet) == "DOCUMENT_TEXT_TOO_LONG");
  sheet.verify_url = "https://example.jp/ x";
  CHECK(ReasonFor(sheet) == "DOCUMENT_TEXT_INVALID");
}

TEST_CASE("the form can warn of characters that will not be drawn") {
  const auto renderer = NewRenderer();

  CHECK(renderer->UnsupportedCharacters("𠮷野家 髙﨑 한국").empty());
  CHECK(renderer->UnsupportedCharacters("🧋と🪴と🧋") ==
        std::vector<std::string>{"🧋", "🪴"});
}

TEST_CASE("a book holds its documents in order, once each font") {
  const auto renderer = NewRenderer();
  const std::vector<Document> documents = {
      Certificate{Named("一番館")}, Certificate{Named("二番館")}, Poster{ExampleCheckInSheet()}};
  const auto book = renderer->RenderBook("みなと商店街", documents);
  REQUIRE(book.ok());
  const Printed printed(*book);

  CHECK(printed.PageCount() == 3);
  CHECK(printed.Info("Title") == "みなと商店街");
  CHECK(printed.Info("Tagged") == "yes");
  CHECK(printed.Problems().empty());
  CHECK(printed.QrTexts(2, 72).size() == 2);
  size_t apart = 0;
  for (const Document& document : documents) apart += Render(document).size();
  CHECK(book->size() < apart * 3 / 4);
  CHECK(ReasonOf(renderer->RenderBook("", {}).status()) == "DOCUMENT_TEXT_MISSING");
}

// Where every word stands. Bytes would change with each version of a font; this changes when the
// sheet does. After a wanted change: UPDATE_GOLDEN=1 build/dev/bin/registry_pdf_test "[golden]".
TEST_CASE("the sheets look as they did", "[golden]") {
  struct Case {
    const char* name;
    Document document;
  };
  auto event = ExampleCertificate(40);
  event.event_dates = "2026年12月5日(土)〜6日(日)";
  event.venue_name = "みなとみらい冬の星空マーケット&ファミリーフェスティバル 二〇二六 特設会場";
  const Case cases[] = {{"certificate_8", Certificate{ExampleCertificate(8)}},
                        {"certificate_15", Certificate{ExampleCertificate(15)}},
                        {"certificate_event_40", Certificate{event}},
                        {"poster", Poster{ExampleCheckInSheet()}},
                        {"table_tent", TableTent{ExampleCheckInSheet()}},
                        {"stickers", Stickers{ExampleCheckInSheet()}}};
  for (const Case& each : cases) {
    const std::string path = std::string(GOLDEN_DIRECTORY "/") + each.name + ".txt";
    const std::string layout = Printed(Render(each.document)).Layout();
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path) << layout;
    std::ostringstream golden;
    golden << std::ifstream(path).rdbuf();
    INFO(each.name);
    CHECK(layout == golden.str());
  }
}

}  // namespace
}  // namespace oshirase::registry::pdf
