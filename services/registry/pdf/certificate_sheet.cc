#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/registry/pdf/drawing.h"
#include "services/registry/pdf/measure_flow.h"
#include "services/registry/pdf/name_block.h"
#include "services/registry/pdf/sheets.h"

namespace oshirase::registry::pdf {
namespace {

// Copiers and printers leave out up to 5 mm at the edges: the frame stays clear of them.
constexpr double kFrame = Millimetres(9);
constexpr double kLeft = Millimetres(18);
constexpr double kWidth = kPageWidth - 2 * kLeft;
constexpr double kFootTop = Millimetres(205.5);
constexpr double kStripTop = Millimetres(268.5);
constexpr double kCheckInWidth = Millimetres(40.2);
constexpr double kVerifyWidth = 58;

// A double frame, as certificates have.
void DrawFrame(cairo_t* context) {
  const double width = kPageWidth - 2 * kFrame;
  const double height = kPageHeight - 2 * kFrame;
  StrokeBox(context, {kFrame, kFrame, width, height}, kIndigo, 2.2);
  constexpr double kInner = 4;
  StrokeBox(context, {kFrame + kInner, kFrame + kInner, width - 2 * kInner, height - 2 * kInner},
            kIndigo, 0.6);
}

std::string NumberLine(const CertificateSheet& sheet) {
  return absl::StrCat("取組書番号 ", ids::FormatPublicNumber(sheet.number), "  第", sheet.version,
                      "版");
}

// The title; returns where it ends.
double DrawTitle(Canvas& canvas, const CertificateSheet& sheet) {
  double y = Millimetres(19.5);
  if (sheet.drill) DrawDrillMark(canvas, kLeft + 22, Millimetres(14.5), 12);
  y = Write(canvas, "感染防止対策取組書",
            {.size = 33, .bold = true, .color = kIndigo, .align = Align::kCenter, .tracking = 5},
            {kLeft, y, kWidth}, {.type = "H1"});
  const char* who = sheet.event_dates.empty() ? "この施設" : "この催し";
  return Write(canvas, absl::StrCat(who, "は、次の感染防止対策に取り組んでいます。"),
               {.size = 11.5, .color = kInk, .align = Align::kCenter, .tracking = 0.5},
               {kLeft, y + 8, kWidth});
}

// The venue between two rules: name as large as fits, what it is and where below.
double DrawVenue(Canvas& canvas, const CertificateSheet& sheet, double top) {
  constexpr double kPadding = 14;
  const auto name =
      SetName(canvas.type(), sheet.venue_name, {.size = 36, .color = kInk, .align = Align::kCenter},
              kWidth, {.one_line = 22, .two_lines = 16, .smallest = 8});
  double y = top + kPadding;
  canvas.Draw(name, {.type = "H2"}, kLeft, y);
  y += name.height() + 7;
  const TextStyle small = {
      .size = 10.5, .color = kInk, .align = Align::kCenter, .leading = 1.2, .balanced = true};
  if (!sheet.event_dates.empty()) {
    TextStyle dates = small;
    dates.bold = true;
    y = Write(canvas, absl::StrCat("開催 ", sheet.event_dates), dates, {kLeft, y, kWidth}) + 2;
  }
  std::string details = sheet.industry_name;
  if (!sheet.venue_address.empty()) {
    absl::StrAppend(&details, details.empty() ? "" : " ｜ ", sheet.venue_address);
  }
  if (!details.empty()) y = Write(canvas, details, small, {kLeft, y, kWidth});
  const double bottom = y + kPadding - 3;
  for (const double rule : {top, bottom}) {
    Rule(canvas.context(), {kLeft, rule, kWidth}, kIndigo, 1.2);
  }
  return bottom;
}

// A QR and what is printed below it stand on a white card.
absl::Status DrawVerify(Canvas& canvas, const CertificateSheet& sheet, const Box& card) {
  FillBox(canvas.context(), card, kWhite, 4);
  double y = 0;
  RETURN_IF_ERROR(DrawQr(
      canvas,
      {.url = sheet.verify_url,
       .alternative = absl::StrCat("取組書の内容を確かめるページのQRコード。", sheet.verify_url),
       .recovery = qr::Recovery::kLow,
       .symbol_width = kVerifyWidth},
      card.x + card.width / 2, card.y + 1, &y));
  Write(canvas, "この取組書を確かめる",
        {.size = 8, .bold = true, .color = kInk, .align = Align::kCenter},
        {card.x, y - 3, card.width});
  return absl::OkStatus();
}

// What visitors do.
void DrawAdvice(Canvas& canvas, const Area& area) {
  double y = Write(canvas, "ご利用のみなさまへ", {.size = 14, .bold = true, .color = kIndigo}, area,
                   {.type = "H2"});
  for (const char* sentence :
       {"ご利用のたびに、LINEでQRコードを読み取り、「送信」を押してください。",
        "感染した方と接触した可能性がわかったとき、LINEでお知らせします。",
        "お名前・電話番号・位置情報は集めません。",
        "読み取れないときは、LINEのトークに施設コードを入力してください。"}) {
    y = Write(canvas, sentence, {.size = 9.5, .color = kInk, .leading = 1.3},
              {area.x, y + 7, area.width});
  }
}

// The visitors' QR at the left, words in the middle, the QR to verify at the right.
absl::Status DrawFoot(Canvas& canvas, const CertificateSheet& sheet) {
  const double height = kStripTop - Millimetres(3.5) - kFootTop;
  constexpr double kInset = 6;
  FillBox(canvas.context(), {kLeft, kFootTop, kWidth, height}, kPale, 8);
  const Box card = {kLeft + kInset, kFootTop + kInset, Millimetres(55), height - 2 * kInset};
  FillBox(canvas.context(), card, kWhite, 4);
  double bottom = 0;
  RETURN_IF_ERROR(DrawCheckIn(canvas, sheet.check_in,
                              {.symbol_width = kCheckInWidth,
                               .code_size = 9,
                               .address_size = 5.5,
                               .recovery = qr::Recovery::kMedium},
                              {card.x + 3, card.y - 2, card.width - 6}, &bottom));
  const double verify_width = Millimetres(35);
  const Box verify = {kLeft + kWidth - kInset - verify_width, kFootTop + kInset, verify_width,
                      Millimetres(36)};
  const double words = card.x + card.width + 14;
  DrawAdvice(canvas, {words, kFootTop + 11, verify.x - 12 - words});
  return DrawVerify(canvas, sheet, verify);
}

// Number, date and who keeps the register; then the small print.
void DrawStrip(Canvas& canvas, const CertificateSheet& sheet, const std::string& page) {
  const double right = kWidth * 0.36;
  const Area issuer_area = {kLeft + kWidth - right, kStripTop, right};
  const double issuer_top =
      Write(canvas, JapaneseDate(sheet.issue_day) + "発行",
            {.size = 9.5, .color = kInk, .align = Align::kRight}, issuer_area);
  const auto issuer = canvas.type().SetToFit(
      sheet.prefecture_name,
      {.size = 18, .bold = true, .color = kIndigo, .align = Align::kRight, .tracking = 1},
      issuer_area.width, {.smallest = 7});
  canvas.Draw(issuer, {.type = "P"}, issuer_area.x, issuer_top + 5);

  const double left = kWidth - right - 10;
  double y = Write(canvas, absl::StrCat(NumberLine(sheet), "  ", page),
                   {.size = 9.5, .bold = true, .color = kInk}, {kLeft, kStripTop, left});
  if (!sheet.consultation.empty()) {
    const auto consultation =
        canvas.type().SetToFit("ご相談 " + sheet.consultation, {.size = 8.5, .color = kInk}, left,
                               {.smallest = 6, .lines = 2});
    canvas.Draw(consultation, {.type = "P"}, kLeft, y + 3.5);
    y += consultation.height() + 3.5;
  }
  const TextStyle small = {.size = 6.5, .color = kQuiet};
  y = Write(
      canvas,
      "事業者がみずから宣言した取組を示すもので、感染しないことを保証するものではありません。",
      small, {kLeft, y + 4, left});
  Write(canvas, "QRコードは株式会社デンソーウェーブの登録商標です。", small, {kLeft, y + 2, left});
}

// The head of a further page: enough to know what it belongs to.
void DrawFurtherPage(Canvas& canvas, const CertificateSheet& sheet, const std::string& page) {
  canvas.NextPage();
  DrawFrame(canvas.context());
  Write(canvas, "感染防止対策取組書(つづき)",
        {.size = 16, .bold = true, .color = kIndigo, .tracking = 1.5},
        {kLeft, Millimetres(18), kWidth}, {.type = "H1"});
  const auto name =
      canvas.type().SetToFit(sheet.venue_name, {.size = 12, .bold = true, .color = kInk}, kWidth,
                             {.smallest = 6, .lines = 2});
  canvas.Draw(name, {.type = "P"}, kLeft, Millimetres(27));
  Rule(canvas.context(), {kLeft, Millimetres(38), kWidth}, kIndigo, 1.2);
  Write(canvas,
        absl::StrCat(NumberLine(sheet), "  ", JapaneseDate(sheet.issue_day), "発行  ",
                     sheet.prefecture_name),
        {.size = 9, .color = kInk}, {kLeft, Millimetres(276), kWidth});
  Write(canvas, page, {.size = 9, .color = kInk, .align = Align::kRight},
        {kLeft, Millimetres(276), kWidth});
}

}  // namespace

absl::Status DrawCertificate(Canvas& canvas, const CertificateSheet& sheet) {
  DrawFrame(canvas.context());
  const double title_end = DrawTitle(canvas, sheet);
  const double top = DrawVenue(canvas, sheet, title_end + 11) + 12;
  const double further_top = Millimetres(43);
  const MeasureFlow flow(canvas.type(), sheet.groups,
                         {.first = {kLeft, top, kWidth, kFootTop - 13 - top},
                          .further = {kLeft, further_top, kWidth, Millimetres(271) - further_top}});
  flow.Draw(canvas, 0);
  RETURN_IF_ERROR(DrawFoot(canvas, sheet));
  const auto number = [&flow](int page) {
    return flow.page_count() == 1 ? "" : absl::StrCat(page + 1, " / ", flow.page_count());
  };
  DrawStrip(canvas, sheet, number(0));
  for (int page = 1; page < flow.page_count(); ++page) {
    DrawFurtherPage(canvas, sheet, number(page));
    flow.Draw(canvas, page);
  }
  return absl::OkStatus();
}

}  // namespace oshirase::registry::pdf
