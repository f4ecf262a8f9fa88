#include "common/catalogue/repeated_keys.h"

#include "absl/strings/str_cat.h"

namespace oshirase::catalogue {

using Event = nlohmann::json::parse_event_t;

bool RepeatedKeys::operator()(int /*depth*/, Event event, const nlohmann::json& parsed) {
  switch (event) {
    case Event::object_start:
    case Event::array_start:
      BeginItem();
      open_.push_back({.is_array = event == Event::array_start});
      break;
    case Event::object_end:
    case Event::array_end:
      open_.pop_back();
      break;
    case Event::value:
      BeginItem();
      break;
    case Event::key:
      open_.back().key = parsed.get<std::string>();
      if (!open_.back().keys.insert(open_.back().key).second) places_.push_back(Place());
      break;
  }
  return true;
}

void RepeatedKeys::BeginItem() {
  if (!open_.empty() && open_.back().is_array) ++open_.back().items;
}

std::string RepeatedKeys::Place() const {
  std::string place;
  for (const Level& level : open_) {
    if (level.is_array) {
      absl::StrAppend(&place, "[", level.items - 1, "]");
    } else {
      absl::StrAppend(&place, place.empty() ? "" : ".", level.key);
    }
  }
  return place;
}

}  // namespace oshirase::catalogue
