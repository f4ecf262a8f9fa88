#include <algorithm>

#include "common/status/macros.h"
#include "services/registry/pdf/check_in_sheets.h"
#include "services/registry/pdf/name_block.h"
#include "services/registry/pdf/sheets.h"

namespace oshirase::registry::pdf {
namespace {

constexpr double kLeft = Millimetres(15);
constexpr double kWidth = kPageWidth - 2 * kLeft;
constexpr double kQrWidth = Millimetres(88);
constexpr double kQuietZone = 25;  // above the QR
constexpr double kStepsTop = Millimetres(185.5);

double DrawHead(Canvas& canvas, const CheckInSheet& sheet) {
  if (sheet.drill) DrawDrillMark(canvas, kLeft + 26, Millimetres(14), 13);
  double y =
      Write(canvas, kTitle,
            {.size = 42, .bold = true, .color = kIndigo, .align = Align::kCenter, .tracking = 2},
            {kLeft, Millimetres(11), kWidth}, {.type = "H1"});
  y = WritePhrase(
      canvas, kEveryVisit[0],
      {.size = 16, .bold = true, .color = kInk, .align = Align::kCenter, .tracking = 0.5},
      {kLeft, y + 8, kWidth});
  y = WriteTranslationsInLine(canvas, kEveryVisit,
                              {.size = 11.5, .color = kInk, .align = Align::kCenter},
                              {kLeft, y + 5, kWidth});
  Rule(canvas.context(), {kLeft, y + 8, kWidth}, kIndigo, 1.6);
  return y + 8;
}

// The venue's name, in the room between head and QR.
void DrawVenue(Canvas& canvas, const CheckInSheet& sheet, double top, double bottom) {
  const auto name =
      SetName(canvas.type(), sheet.venue_name, {.size = 27, .color = kInk, .align = Align::kCenter},
              kWidth, {.one_line = 19, .two_lines = 12, .smallest = 6});
  const double dates = sheet.event_dates.empty() ? 0 : 16;
  const double height = name.height() + dates;
  // In the middle of what is white, but never in the QR's quiet zone.
  const double y = std::min((top + bottom + kQuietZone - height) / 2, bottom - height);
  canvas.Draw(name, {.type = "H2"}, kLeft, y);
  if (!sheet.event_dates.empty()) {
    Write(canvas, sheet.event_dates, {.size = 11, .color = kInk, .align = Align::kCenter},
          {kLeft, y + name.height() + 3, kWidth});
  }
}

void DrawStep(Canvas& canvas, int step, const Area& area) {
  constexpr Picture kPictures[] = {Picture::kScan, Picture::kSend, Picture::kNotice};
  const Picture picture = kPictures[step];
  const double picture_height = Millimetres(31);
  const double picture_width = picture_height * 1.5;
  FillBox(canvas.context(), {area.x, area.y, area.width, picture_height + 14}, kPale, 6);
  {
    const auto figure = canvas.Open({.type = "Figure", .alternative = AlternativeOf(picture)});
    DrawPicture(
        canvas.context(), picture,
        {area.x + (area.width - picture_width) / 2, area.y + 7, picture_width, picture_height});
  }
  DrawStepNumber(canvas, step + 1, area.x + 14, area.y + 14, 10);
  const auto& phrases = kSteps[static_cast<size_t>(step)];
  double y = area.y + picture_height + 21;
  y = WritePhrase(canvas, phrases[0],
                  {.size = 12,
                   .bold = true,
                   .color = kInk,
                   .align = Align::kCenter,
                   .leading = 1.2,
                   .balanced = true},
                  {area.x, y, area.width});
  WriteTranslations(
      canvas, phrases,
      {.size = 9, .color = kInk, .align = Align::kCenter, .leading = 1.15, .balanced = true},
      {area.x, y + 5, area.width});
}

}  // namespace

absl::Status DrawPoster(Canvas& canvas, const CheckInSheet& sheet) {
  const double head_end = DrawHead(canvas, sheet);
  const double qr_top = Millimetres(64);
  DrawVenue(canvas, sheet, head_end, qr_top);
  double y = 0;
  RETURN_IF_ERROR(DrawCheckIn(canvas, sheet.check_in,
                              {.symbol_width = kQrWidth, .code_size = 13, .address_size = 8},
                              {kLeft, qr_top, kWidth}, &y));
  const double gap = Millimetres(4);
  const double step_width = (kWidth - 2 * gap) / 3;
  for (int step = 0; step < 3; ++step) {
    DrawStep(canvas, step, {kLeft + step * (step_width + gap), kStepsTop, step_width});
  }
  y = Millimetres(261);
  Rule(canvas.context(), {kLeft, y, kWidth}, kRule, 0.8);
  y = WritePhrase(canvas, kPrivacy[0],
                  {.size = 12, .bold = true, .color = kIndigo, .align = Align::kCenter},
                  {kLeft, y + 8, kWidth});
  y = WriteTranslationsInLine(canvas, kPrivacy, {.size = 8, .color = kInk, .align = Align::kCenter},
                              {kLeft, y + 3, kWidth});
  WriteImprint(canvas, sheet, {kLeft, y + 6, kWidth}, 9.5);
  return absl::OkStatus();
}

}  // namespace oshirase::registry::pdf
