#include "services/gateway/webhook/reply_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/gateway/line/text_limit.h"

namespace oshirase::gateway {
namespace {

// Leaves room for everything around a name.
constexpr size_t kMaxNameUnits = 300;

std::string Name(const Venue& venue) {
  return absl::StrCat("「", ClipUtf16(venue.name, kMaxNameUnits), "」");
}

}  // namespace

std::string JapaneseTime(absl::Time time) {
  const absl::CivilMinute minute = absl::ToCivilMinute(time, absl::FixedTimeZone(9 * 60 * 60));
  return absl::StrFormat("%d年%d月%d日 %02d:%02d", minute.year(), minute.month(), minute.day(),
                         minute.hour(), minute.minute());
}

std::string ReplyTexts::Recorded(const Venue& venue, absl::Time time) const {
  return absl::StrCat(Name(venue), "への来店を記録しました。\n", JapaneseTime(time),
                      "\n\n記録したのは、この場所と日時だけです。暗号にして", facts_.retention_days,
                      "日間保管し、そのあとは誰にも読めなくなります。\n"
                      "同じ場所にいた方の感染がわかったときは、このトークでお知らせします。");
}

std::string ReplyTexts::OverCap(const Venue& venue) const {
  return absl::StrCat(Name(venue),
                      "への来店は記録していません。\n1日に記録できるのは20回までです。"
                      "明日になると、また記録できます。");
}

std::string ReplyTexts::Closed(const Venue& venue) const {
  return absl::StrCat(Name(venue),
                      "は受付を終えているため、来店を記録していません。\n"
                      "営業中のときは、QRコードが古いことをお店の方にお知らせください。");
}

std::string ReplyTexts::Suspended(const Venue& venue) const {
  return absl::StrCat(Name(venue), "の受付は", facts_.prefecture_name,
                      "が止めているため、来店を記録していません。");
}

std::string ReplyTexts::OutsideEvent(const Venue& venue) const {
  std::string text = absl::StrCat(Name(venue), "の開催期間ではないため、来店を記録していません。");
  if (venue.event_start && venue.event_end) {
    absl::StrAppend(&text, "\n開催期間：", JapaneseTime(*venue.event_start), " から ",
                    JapaneseTime(*venue.event_end), " まで");
  }
  return text;
}

std::string ReplyTexts::NotNow(const Venue& venue) const {
  return absl::StrCat(Name(venue),
                      "への来店は、届いた日時が今と離れすぎているため記録していません。\n"
                      "今その場所にいるときは、もう一度QRコードを読み取ってください。");
}

std::string ReplyTexts::UnknownCode() const {
  return "この施設コードは使われていません。来店は記録していません。\n"
         "QRコードが新しくなっていることがあります。入口のQRコードをもう一度読み取ってください。"
         "直らないときは、お店の方にお知らせください。";
}

std::string ReplyTexts::MistypedCode() const {
  return "施設コードに打ちまちがいがあるようです。来店は記録していません。\n"
         "QRコードを読み取るか、コードをもう一度ご確認ください。";
}

std::string ReplyTexts::Help() const {
  return "来店を記録するには、入口のQRコードをスマートフォンのカメラで読み取り、"
         "開いた画面でそのまま送信してください。\n"
         "QRコードの下の施設コードを、このトークに送っても記録できます。";
}

std::string ReplyTexts::Welcome() const {
  std::string text = absl::StrCat(
      facts_.prefecture_name,
      "「LINEお知らせシステム」です。友だち追加ありがとうございます。\n\n"
      "お名前・電話番号・位置情報はいただかず、QRコードを読み取った場所と日時だけを、暗号にして",
      facts_.retention_days,
      "日間保管します。"
      "その記録を開けるのは、感染がわかった方と同じ場所にいた方へお知らせするときだけで、"
      "担当職員2人の承認が必要です。\n\n",
      Help());
  if (!facts_.consultation_phone.empty()) {
    absl::StrAppend(&text, "\n\n体調のご相談：", facts_.consultation_phone);
  }
  return text;
}

}  // namespace oshirase::gateway
