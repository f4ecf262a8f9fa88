// Reads the members of JSON objects and notes what is wrong with them, each problem with its place,
// so that a person who edits a file learns everything at once.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/errors.h"
#include "nlohmann/json.hpp"

namespace oshirase::catalogue {

// An element of a list and where it stands: "measures[3]".
struct Item {
  const nlohmann::json& value;
  std::string place;
};

// Not thread-safe.
class JsonFields {
 public:
  // What was wrong so far, in the order of reading.
  const std::vector<FieldViolation>& problems() const { return problems_; }
  void Add(const std::string& place, const std::string& problem);

  // Refuses a value that is no object, and members that are not `known`: they are misspelt.
  // Returns whether it is an object.
  bool CheckObject(const Item& item, std::initializer_list<std::string_view> known);

  // The functions below read the member `key` of the object at `item`. When it is missing or not of
  // its type they note that and return something empty.
  std::string String(const Item& item, const std::string& key);
  // Lower-case letters, digits and single hyphens: "staff-health".
  std::string Word(const Item& item, const std::string& key);
  // A whole number from 1 to `most`.
  int Number(const Item& item, const std::string& key, int most);
  // An absent one is false.
  bool Flag(const Item& item, const std::string& key);
  // A list with at least one element.
  std::vector<Item> List(const Item& item, const std::string& key);

 private:
  // The member, or null with the problem noted.
  const nlohmann::json* Find(const Item& item, const std::string& key);

  std::vector<FieldViolation> problems_;
};

// The place of a member: "measures[3].text".
std::string PlaceOf(const Item& item, const std::string& key);

}  // namespace oshirase::catalogue
