#include "services/registry/domain/rendered_documents.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {
namespace {

// Remembers what it was to draw.
class RecordingRenderer final : public DocumentRenderer {
 public:
  absl::StatusOr<std::string> Render(const Document& document) override {
    last = document;
    return failure.ok() ? absl::StatusOr<std::string>("PDF") : failure;
  }
  absl::StatusOr<std::string> RenderBook(const std::string& title,
                                         const std::vector<Document>& documents) override {
    book_title = title;
    book = documents;
    return "book";
  }
  std::vector<std::string> UnsupportedCharacters(const std::string& /*text*/) override {
    return {};
  }

  absl::Status failure;
  Document last;
  std::string book_title;
  std::vector<Document> book;
};

struct Scene {
  Scene() {
    own.venue = ExampleVenue(ParseJapanTime("2020-12-10T09:00").value());
    own.certificate = ExampleCertificates().First(own.venue, own.venue.create_time);
  }

  RecordingRenderer renderer;
  RenderedDocuments printer{renderer,
                            {"https://oshirase.example.jp", "@oshirase"},
                            {.prefecture_name = "今県", .consultation = "0120-000-000"}};
  OwnVenue own;
};

TEST_CASE("a certificate says what it said when it was issued") {
  Scene scene;
  scene.own.venue.details.name = "新しい名前";

  REQUIRE(scene.printer.Print(DocumentKind::kCertificate, scene.own).ok());

  const auto& sheet = std::get<Certificate>(scene.renderer.last).sheet;
  CHECK(sheet.number.value == scene.own.certificate->number);
  CHECK(sheet.venue_name == "喫茶ポエム");
  CHECK(sheet.prefecture_name == "みほん県");
  CHECK(sheet.consultation == "0570-000-000");
  CHECK(sheet.issue_day == DayOf(scene.own.venue.create_time));
  CHECK(sheet.venue_address == "横浜市中区日本大通1");
  CHECK(sheet.industry_name == "飲食店");
  REQUIRE(sheet.groups.size() == 3);
  CHECK(sheet.groups[0].name == "マスク");
  CHECK(sheet.groups[2].name == "その他の取組");
  CHECK(sheet.groups[2].lines[0].text == "窓を開けています");
  CHECK(sheet.verify_url ==
        "https://oshirase.example.jp/certificates/" + scene.own.certificate->number);
}

TEST_CASE("its QR is the code that works now") {
  Scene scene;
  scene.own.venue.code = ids::NewVenueCode().value;

  REQUIRE(scene.printer.Print(DocumentKind::kCertificate, scene.own).ok());

  const auto& check_in = std::get<Certificate>(scene.renderer.last).sheet.check_in;
  CHECK(check_in.code.value == scene.own.venue.code);
  CHECK(check_in.page_url == "https://oshirase.example.jp/c/" + scene.own.venue.code);
  CHECK(check_in.url.find("https://line.me/R/oaMessage/%40oshirase/?") == 0);
}

TEST_CASE("measures of one group stand together, wherever they are listed") {
  Scene scene;
  auto& measures = scene.own.certificate->sheet.measures;
  measures.push_back({.group = "masks", .group_name = "マスク", .id = "x", .text = "最後"});

  REQUIRE(scene.printer.Print(DocumentKind::kCertificate, scene.own).ok());

  const auto& groups = std::get<Certificate>(scene.renderer.last).sheet.groups;
  CHECK(groups.size() == 3);
  CHECK(groups[0].lines.back().text == "最後");
}

TEST_CASE("a poster says what the venue is called now") {
  Scene scene;
  scene.own.venue.details.name = "新しい名前";
  for (const auto kind :
       {DocumentKind::kPoster, DocumentKind::kTableTent, DocumentKind::kStickers}) {
    REQUIRE(scene.printer.Print(kind, scene.own).ok());
  }
  const auto& sheet = std::get<Stickers>(scene.renderer.last).sheet;
  CHECK(sheet.venue_name == "新しい名前");
  CHECK(sheet.prefecture_name == "今県");
  scene.own.certificate.reset();
  CHECK(scene.printer.Print(DocumentKind::kPoster, scene.own).ok());
}

TEST_CASE("a certificate that is none, or is withdrawn, is not drawn") {
  Scene scene;
  scene.own.certificate->state = CertificateState::kSuperseded;
  CHECK(scene.printer.Print(DocumentKind::kCertificate, scene.own).ok());
  scene.own.certificate->state = CertificateState::kWithdrawn;
  CHECK(ReasonOf(scene.printer.Print(DocumentKind::kCertificate, scene.own).status()) ==
        "CERTIFICATE_WITHDRAWN");
  scene.own.certificate.reset();
  CHECK(ReasonOf(scene.printer.Print(DocumentKind::kCertificate, scene.own).status()) ==
        "NO_CERTIFICATE");
}

TEST_CASE("a book holds a document of each venue") {
  Scene scene;
  CHECK(*scene.printer.PrintBook(DocumentKind::kPoster, {scene.own, scene.own}) == "book");
  CHECK(scene.renderer.book.size() == 2);
  CHECK(scene.renderer.book_title == "ポエム商会");
}

TEST_CASE("a renderer that fails is told") {
  Scene scene;
  scene.renderer.failure = absl::InvalidArgumentError("a text");
  CHECK(absl::IsInvalidArgument(scene.printer.Print(DocumentKind::kPoster, scene.own).status()));
}

TEST_CASE("the days of an event are written as people write them") {
  const auto dates = [](const char* start, const char* end) {
    return EventDates(ParseJapanTime(start).value(), ParseJapanTime(end).value());
  };
  CHECK(dates("2020-12-05T10:00", "2020-12-05T18:00") == "2020年12月5日");
  CHECK(dates("2020-12-05T00:00", "2020-12-06T00:00") == "2020年12月5日");
  CHECK(dates("2020-12-05T10:00", "2020-12-06T18:00") == "2020年12月5日〜6日");
  CHECK(dates("2020-11-30T10:00", "2020-12-01T18:00") == "2020年11月30日〜12月1日");
  CHECK(dates("2020-12-31T22:00", "2021-01-01T02:00") == "2020年12月31日〜2021年1月1日");
}

}  // namespace
}  // namespace oshirase::registry
