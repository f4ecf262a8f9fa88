#include "services/registry/pdf/pdf_document_renderer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/registry/pdf/canvas.h"
#include "services/registry/pdf/drawing_turn.h"
#include "services/registry/pdf/errors.h"
#include "services/registry/pdf/font_set.h"
#include "services/registry/pdf/sheet_check.h"
#include "services/registry/pdf/sheets.h"

namespace oshirase::registry::pdf {
namespace {

struct TitleOf {
  std::string operator()(const Certificate& certificate) const {
    return absl::StrCat("感染防止対策取組書 ", certificate.sheet.venue_name);
  }
  std::string operator()(const Poster& poster) const {
    return absl::StrCat("来店登録ポスター ", poster.sheet.venue_name);
  }
  std::string operator()(const TableTent& tent) const {
    return absl::StrCat("来店登録 卓上札 ", tent.sheet.venue_name);
  }
  std::string operator()(const Stickers& stickers) const {
    return absl::StrCat("来店登録シール ", stickers.sheet.venue_name);
  }
};

struct DayOfSheet {
  Day operator()(const Certificate& certificate) const { return certificate.sheet.issue_day; }
  template <typename Kind>
  Day operator()(const Kind& kind) const {
    return kind.sheet.made_on;
  }
};

struct DrawOn {
  Canvas& canvas;

  absl::Status operator()(const Certificate& certificate) const {
    return DrawCertificate(canvas, certificate.sheet);
  }
  absl::Status operator()(const Poster& poster) const { return DrawPoster(canvas, poster.sheet); }
  absl::Status operator()(const TableTent& tent) const { return DrawTableTent(canvas, tent.sheet); }
  absl::Status operator()(const Stickers& stickers) const {
    return DrawStickers(canvas, stickers.sheet);
  }
};

absl::StatusOr<std::string> Draw(const std::string& title, const std::vector<Document>& documents,
                                 Typesetter& typesetter, DrawingTurn& turn) {
  const Day made_on = std::visit(DayOfSheet(), documents.front());
  Canvas canvas({.title = title, .made_on = made_on}, typesetter);
  {
    const auto whole = canvas.Open({.type = "Document"});
    bool first = true;
    for (const Document& document : documents) {
      if (!std::exchange(first, false)) {
        canvas.NextPage();
        turn.PassOn();
      }
      RETURN_IF_ERROR(std::visit(DrawOn{canvas}, document));
    }
  }
  return canvas.Finish();
}

CanDraw WithFontsOf(Typesetter& typesetter) {
  return [&typesetter](const std::string& grapheme) { return typesetter.CanDraw(grapheme); };
}

}  // namespace

absl::StatusOr<std::unique_ptr<PdfDocumentRenderer>> PdfDocumentRenderer::Create() {
  RETURN_IF_ERROR(UseSheetFonts());
  return std::unique_ptr<PdfDocumentRenderer>(new PdfDocumentRenderer);
}

absl::StatusOr<std::string> PdfDocumentRenderer::Render(const Document& document) {
  DrawingTurn turn;
  auto typesetter = Borrow();
  auto drawn = [&]() -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const Document checked, Checked(document, WithFontsOf(*typesetter)));
    return Draw(std::visit(TitleOf(), checked), {checked}, *typesetter, turn);
  }();
  Return(std::move(typesetter));
  return drawn;
}

absl::StatusOr<std::string> PdfDocumentRenderer::RenderBook(
    const std::string& title, const std::vector<Document>& documents) {
  if (documents.empty()) return TextMissing("documents");
  if (documents.size() > kMaxBookDocuments) return TextTooLong("documents");
  DrawingTurn turn;
  auto typesetter = Borrow();
  auto drawn = [&]() -> absl::StatusOr<std::string> {
    const auto can_draw = WithFontsOf(*typesetter);
    ASSIGN_OR_RETURN(const std::string printable_title,
                     Printable(title, {.field = "title", .longest = kMaxLineLength}, can_draw));
    std::vector<Document> checked;
    for (const Document& document : documents) {
      ASSIGN_OR_RETURN(checked.emplace_back(), Checked(document, can_draw));
    }
    return Draw(printable_title, checked, *typesetter, turn);
  }();
  Return(std::move(typesetter));
  return drawn;
}

std::vector<std::string> PdfDocumentRenderer::UnsupportedCharacters(const std::string& text) {
  const DrawingTurn turn;
  auto typesetter = Borrow();
  auto characters = Unprintable(text, WithFontsOf(*typesetter));
  Return(std::move(typesetter));
  return characters;
}

std::unique_ptr<Typesetter> PdfDocumentRenderer::Borrow() {
  {
    const absl::MutexLock lock(&mutex_);
    if (!idle_.empty()) {
      auto typesetter = std::move(idle_.back());
      idle_.pop_back();
      return typesetter;
    }
  }
  return std::make_unique<Typesetter>();
}

void PdfDocumentRenderer::Return(std::unique_ptr<Typesetter> typesetter) {
  const absl::MutexLock lock(&mutex_);
  idle_.push_back(std::move(typesetter));
}

}  // namespace oshirase::registry::pdf
