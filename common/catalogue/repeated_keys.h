// Finds what a JSON parser forgives: a key given twice in one object, of which only the last would
// count. In a file that people edit, it is a translation pasted under the wrong language.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"

namespace oshirase::catalogue {

// Hand it to nlohmann::json::parse() by reference as its callback; afterwards it has the places.
// Not thread-safe.
class RepeatedKeys {
 public:
  // Always true: nothing is dropped.
  bool operator()(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed);

  // Where a key came a second time, in order: "measures[4].text.ko".
  const std::vector<std::string>& places() const { return places_; }

 private:
  // An object or array that is still open.
  struct Level {
    bool is_array;
    size_t items = 0;            // of an array: how many have begun
    std::string key;             // of an object: the last one
    std::set<std::string> keys;  // of an object
  };

  void BeginItem();
  std::string Place() const;

  std::vector<Level> open_;
  std::vector<std::string> places_;
};

}  // namespace oshirase::catalogue
