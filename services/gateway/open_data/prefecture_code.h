// The numbers of Japan's prefectures among the codes of local governments.
#pragma once

#include <string>
#include <string_view>

namespace oshirase::gateway {

// Six digits with a check digit ("140007" for 神奈川県); "" for what is no prefecture.
std::string PrefectureCode(std::string_view name);

}  // namespace oshirase::gateway
