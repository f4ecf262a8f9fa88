#include "services/registry/pdf/testing/example_sheets.h"

#include <array>
#include <string>

namespace oshirase::registry::pdf {
namespace {

constexpr int kGroups = 8;
constexpr std::array<const char*, kGroups> kGroupNames = {
    "人と人との距離", "マスク",           "手洗い・手指の消毒", "換気",
    "清掃・消毒",     "従業員の体調管理", "お支払い",           "お客様へのお願い"};
constexpr std::array<const char*, 30> kMeasures = {
    "座席の間隔を1メートル以上あけています",
    "従業員は常にマスクを着用しています",
    "入口と各テーブルに手指の消毒液を置いています",
    "30分に1回、5分以上窓を開けて換気しています",
    "お客様が入れ替わるたびにテーブルと椅子を消毒しています",
    "従業員は毎日体温を測り、記録しています",
    "キャッシュレス決済をご利用いただけます",
    "大声での会話はお控えいただくようお願いしています",
    "行列ができるときは床の印で間隔をお知らせしています",
    "会話のときはマスクの着用をお願いしています",
    "従業員は1時間ごとに石けんで手を洗っています",
    "二酸化炭素濃度計を置き、1,000ppm以下に保っています",
    "ドアノブや手すりなど、多くの人が触れる場所を2時間ごとに消毒しています",
    "体調の悪い従業員は出勤させません",
    "現金の受け渡しにはトレーを使っています",
    "発熱やせきなどの症状がある方の入店をお断りしています",
    "カウンター席にはアクリル板を設置しています",
    "マスクをお持ちでない方には店頭でお渡ししています",
    "トイレにペーパータオルを備え、ハンドドライヤーは止めています",
    "空気清浄機(HEPAフィルター付き)を使っています",
    "メニューと調味料の容器は、使用のたびに消毒しています",
    "休憩室でも間隔をあけ、会話のときはマスクを着けています",
    "レジに飛沫を防ぐシートを設置しています",
    "混雑する時間帯を店頭とホームページでお知らせしています",
    "一度に入店できる人数を20名までにしています",
    "配膳のときは料理の説明を控えめにしています",
    "おしぼりは使い捨てのものをお出ししています",
    "出入口の扉を開けたままにしています",
    "ごみは袋を密閉して捨て、手袋とマスクを着けて回収しています",
    "従業員の家族に症状があるときも、出勤を控えています"};

}  // namespace

CheckInCode ExampleCheckIn() {
  return {.code = {"7K3MPQ9RXW2DVT4HN"},
          .url =
              "https://line.me/R/oaMessage/%40oshirase/"
              "?%E6%9D%A5%E5%BA%97%207K3M-PQ9R-XW2D-VT4H-N",
          .page_url = "https://oshirase.pref.example.jp/c/7K3MPQ9RXW2DVT4HN"};
}

CertificateSheet ExampleCertificate(int measures) {
  CertificateSheet sheet = {
      .number = {"3F7K9Q2MXW4T8"},
      .version = 2,
      .issue_day = *ParseDay("2026-11-22"),
      .prefecture_name = "神奈川県",
      .venue_name = "らーめん処 みなと家",
      .venue_address = "横浜市中区山下町123-4 みなとビル1階",
      .industry_name = "飲食店",
      .check_in = ExampleCheckIn(),
      .verify_url = "https://oshirase.pref.example.jp/certificates/3F7K9Q2MXW4T8",
      .consultation = "感染症専用ダイヤル 0570-000-000(毎日 9時〜21時)"};
  for (const char* name : kGroupNames) sheet.groups.push_back({.name = name});
  for (int i = 0; i < measures; ++i) {
    const auto text = static_cast<size_t>(i) % kMeasures.size();
    const auto group = static_cast<size_t>(i % kGroups);
    sheet.groups[group].lines.push_back({.text = kMeasures[text], .is_new = i % 5 == 4});
  }
  std::erase_if(sheet.groups, [](const MeasureGroup& group) { return group.lines.empty(); });
  return sheet;
}

CheckInSheet ExampleCheckInSheet() {
  return {.made_on = *ParseDay("2026-11-22"),
          .prefecture_name = "神奈川県",
          .venue_name = "らーめん処 みなと家",
          .check_in = ExampleCheckIn(),
          .consultation = "感染症専用ダイヤル 0570-000-000(毎日 9時〜21時)"};
}

}  // namespace oshirase::registry::pdf
