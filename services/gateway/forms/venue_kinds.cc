#include "services/gateway/forms/venue_kinds.h"

namespace oshirase::gateway {
namespace {

constexpr VenueKind kKinds[] = {
    {"restaurant", "飲食店"},
    {"bar", "居酒屋・バー"},
    {"livehouse", "ライブハウス"},
    {"karaoke", "カラオケ"},
    {"cinema", "映画館・劇場"},
    {"shop", "小売店"},
    {"supermarket", "スーパーマーケット"},
    {"beauty", "理容・美容"},
    {"gym", "スポーツジム"},
    {"sports", "体育館・スポーツ施設"},
    {"bath", "公衆浴場・サウナ"},
    {"hotel", "ホテル・旅館"},
    {"museum", "博物館・美術館"},
    {"library", "図書館"},
    {"amusement", "遊園地・遊技場"},
    {"school", "学校・塾"},
    {"office", "事務所"},
    {"clinic", "病院・診療所"},
    {"transport", "交通機関"},
    {"event", "イベント（期間があるもの）"},
};

}  // namespace

std::span<const VenueKind> VenueKinds() { return kKinds; }

std::string KindLabel(std::string_view kind) {
  for (const VenueKind& known : kKinds) {
    if (known.kind == kind) return known.label;
  }
  return "";
}

}  // namespace oshirase::gateway
