#include "common/status/macros.h"
#include "services/registry/pdf/check_in_sheets.h"
#include "services/registry/pdf/sheets.h"

namespace oshirase::registry::pdf {
namespace {

constexpr int kColumns = 2;
constexpr int kRows = 4;
constexpr double kMargin = Millimetres(8);
constexpr double kStickerWidth = (kPageWidth - 2 * kMargin) / kColumns;
constexpr double kStickerHeight = (kPageHeight - 2 * kMargin) / kRows;
constexpr double kPadding = Millimetres(4);
constexpr double kQrArea = Millimetres(48);

absl::Status DrawSticker(Canvas& canvas, const CheckInSheet& sheet, double left, double top) {
  const double x = left + kPadding;
  const double width = kStickerWidth - 2 * kPadding;
  const auto name = canvas.type().SetToFit(sheet.venue_name,
                                           {.size = 12,
                                            .bold = true,
                                            .color = kInk,
                                            .align = Align::kCenter,
                                            .leading = 1.15,
                                            .balanced = true},
                                           width, {.smallest = 5, .lines = 2});
  double y = top + kPadding;
  canvas.Draw(name, {.type = "H2"}, x, y);
  y += name.height() + 4;
  Rule(canvas.context(), {x, y, width}, kIndigo, 0.8);
  double qr_end = 0;
  RETURN_IF_ERROR(DrawQr(canvas,
                         {.url = sheet.check_in.url,
                          .alternative = "来店を登録するQRコード。LINEで開きます。",
                          // More of it would need more modules than fit between the cuts.
                          .recovery = qr::Recovery::kMedium,
                          .symbol_width = Millimetres(39)},
                         x + kQrArea / 2 - 4, y + 1, &qr_end));
  const Area words = {x + kQrArea, y + 12, width - kQrArea};
  y = Write(canvas, kTitle, {.size = 13, .bold = true, .color = kIndigo}, words, {.type = "H2"});
  y = Write(canvas, "読み取って「送信」", {.size = 10, .bold = true, .color = kInk},
            {words.x, y + 5, words.width});
  for (const auto& phrases : {kSteps[0], kSteps[1]}) {
    y = WriteTranslations(canvas, phrases, {.size = 8, .color = kInk, .leading = 1.1},
                          {words.x, y + 5, words.width});
  }
  Write(canvas, sheet.prefecture_name, {.size = 9, .bold = true, .color = kIndigo},
        {words.x, y + 6, words.width});
  const auto code =
      canvas.type().SetToFit(ids::FormatVenueCode(sheet.check_in.code),
                             {.size = 9, .bold = true, .color = kInk, .align = Align::kCenter},
                             kQrArea - 8, {.smallest = 6});
  canvas.Draw(code, {.type = "P"}, x, qr_end - 5);
  const auto address = canvas.type().SetToFit(
      sheet.check_in.page_url, {.size = 6.5, .color = kQuiet, .align = Align::kCenter}, width,
      {.smallest = 4.5});
  canvas.Draw(address, {.type = "P"}, x, qr_end + code.height() + 1);
  if (sheet.drill) DrawDrillMark(canvas, words.x + words.width - 20, y + 5, 7);
  return absl::OkStatus();
}

void DrawCuts(cairo_t* context) {
  cairo_save(context);
  SetColor(context, kRule);
  cairo_set_line_width(context, 0.5);
  const double dashes[] = {3, 3};
  cairo_set_dash(context, dashes, 2, 0);
  for (int row = 0; row <= kRows; ++row) {
    cairo_move_to(context, kMargin, kMargin + row * kStickerHeight);
    cairo_rel_line_to(context, kPageWidth - 2 * kMargin, 0);
  }
  for (int column = 0; column <= kColumns; ++column) {
    cairo_move_to(context, kMargin + column * kStickerWidth, kMargin);
    cairo_rel_line_to(context, 0, kPageHeight - 2 * kMargin);
  }
  cairo_stroke(context);
  cairo_restore(context);
}

}  // namespace

absl::Status DrawStickers(Canvas& canvas, const CheckInSheet& sheet) {
  DrawCuts(canvas.context());
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      RETURN_IF_ERROR(DrawSticker(canvas, sheet, kMargin + column * kStickerWidth,
                                  kMargin + row * kStickerHeight));
    }
  }
  Write(canvas, "QRコードは株式会社デンソーウェーブの登録商標です。",
        {.size = 5.5, .color = kQuiet, .align = Align::kCenter},
        {kMargin, kPageHeight - kMargin + 1.5, kPageWidth - 2 * kMargin});
  return absl::OkStatus();
}

}  // namespace oshirase::registry::pdf
