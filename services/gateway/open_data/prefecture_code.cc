// Reference: JIS X 0401 for the first two digits; the Ministry of Internal Affairs' rule for the
// check digit: the five digits weighted 6, 5, 4, 3, 2, summed, modulo 11, taken from 11, last
// digit.
#include "services/gateway/open_data/prefecture_code.h"

#include <cstddef>
#include <iterator>

#include "absl/strings/str_format.h"

namespace oshirase::gateway {
namespace {

constexpr std::string_view kPrefectures[] = {
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県",   "福島県", "茨城県",
    "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",
    "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",   "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県",
    "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県",   "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"};
static_assert(std::size(kPrefectures) == 47);

}  // namespace

std::string PrefectureCode(std::string_view name) {
  for (size_t i = 0; i < std::size(kPrefectures); ++i) {
    if (kPrefectures[i] != name) continue;
    const size_t number = i + 1;
    const size_t sum = 6 * (number / 10) + 5 * (number % 10);
    return absl::StrFormat("%02d000%d", number, (11 - sum % 11) % 10);
  }
  return "";
}

}  // namespace oshirase::gateway
