// What visitors are told on posters, tents and stickers, in the four languages of the sheets. The
// words are few and large: whoever cannot read one language finds another at the same place.
#pragma once

#include <array>

#include "services/registry/pdf/font_set.h"

namespace oshirase::registry::pdf {

struct Phrase {
  Script script;         // of the fonts; English is set in the Japanese ones
  const char* language;  // BCP 47, for screen readers; "" where it is the document's
  const char* text;
};

// Japanese, English, Chinese, Korean.
using Phrases = std::array<Phrase, 4>;

constexpr Phrases InFourLanguages(const char* ja, const char* en, const char* zh, const char* ko) {
  return {{{Script::kJapanese, "", ja},
           {Script::kJapanese, "en", en},
           {Script::kSimplifiedChinese, "zh-CN", zh},
           {Script::kKorean, "ko-KR", ko}}};
}

inline constexpr char kTitle[] = "LINEで来店登録";
inline constexpr Phrases kEveryVisit =
    InFourLanguages("ご利用のたびに、読み取ってください", "Please scan on every visit",
                    "每次到店请扫码", "방문할 때마다 스캔해 주세요");
inline constexpr std::array<Phrases, 3> kSteps = {
    InFourLanguages("QRコードを読み取る", "Scan the QR code", "扫描二维码", "QR 코드를 스캔"),
    InFourLanguages("LINEで「送信」を押す", "Tap “Send” in LINE", "在LINE中点击“发送”",
                    "LINE에서 ‘보내기’를 누름"),
    InFourLanguages("接触の可能性があれば、LINEでお知らせが届く",
                    "LINE tells you if you may have been exposed", "如有接触可能，LINE会通知您",
                    "접촉 가능성이 있으면 LINE으로 알림")};
inline constexpr Phrases kPrivacy = InFourLanguages(
    "お名前・電話番号・位置情報は集めません。", "No name, phone number or location is collected.",
    "不收集姓名、电话号码和位置信息。", "이름·전화번호·위치 정보는 수집하지 않습니다.");

}  // namespace oshirase::registry::pdf
