#include <algorithm>
#include <functional>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/catalogue/catalogue.h"
#include "common/catalogue/json_fields.h"
#include "common/catalogue/repeated_keys.h"

namespace oshirase::catalogue {
namespace {

using Json = nlohmann::json;

constexpr int kMostStayMinutes = 12 * 60;  // No visit lasts longer, an event's neither.

absl::Status CatalogueInvalid(const std::vector<FieldViolation>& problems) {
  return InvalidFields("CATALOGUE_INVALID", problems);
}

// `items` with their ids instead of their numbers, "measures[bar-music]", which are easier to find
// in a long file. One without an id of its own keeps its number.
std::vector<Item> PlacedById(std::vector<Item> items, const char* list, const char* id_key,
                             JsonFields& fields) {
  std::set<std::string> seen;
  for (Item& item : items) {
    if (!item.value.is_object()) continue;
    const auto id = item.value.find(id_key);
    if (id == item.value.end() || !id->is_string()) continue;
    const auto& name = id->get_ref<const std::string&>();
    if (seen.insert(name).second) {
      item.place = absl::StrCat(list, "[", name, "]");
    } else {
      fields.Add(PlaceOf(item, id_key), absl::StrCat("\"", name, "\" is used twice"));
    }
  }
  return items;
}

// The element of `all` whose id is the string at `item`, or null with the problem noted.
template <typename Named>
const Named* Resolve(const Item& item, const char* noun, const std::vector<Named>& all,
                     JsonFields& fields) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& candidate) {
    return item.value.is_string() && item.value.get_ref<const std::string&>() == candidate.id;
  });
  if (found != all.end()) return &*found;
  fields.Add(item.place, absl::StrCat("must be the id of a ", noun));
  return nullptr;
}

class Reader {
 public:
  // `root` is an object.
  Reader(const Json& root, const RepeatedKeys& repeated) : root_{root, ""} {
    for (const std::string& place : repeated.places()) fields_.Add(place, "is given twice");
  }

  absl::StatusOr<Catalogue> Read() {
    fields_.CheckObject(root_, {"version", "languages", "groups", "industries", "measures"});
    content_.version = fields_.Word(root_, "version");
    ReadLanguages();
    for (const Item& item : List("groups", "id")) ReadGroup(item);
    for (const Item& item : List("measures", "id")) ReadMeasure(item);
    for (const Item& item : List("industries", "kind")) ReadIndustry(item);
    if (!fields_.problems().empty()) return CatalogueInvalid(fields_.problems());
    return Catalogue(std::move(content_));
  }

 private:
  std::vector<Item> List(const char* key, const char* id_key) {
    return PlacedById(fields_.List(root_, key), key, id_key, fields_);
  }

  void ReadLanguages() {
    for (const Item& item : fields_.List(root_, "languages")) {
      if (!item.value.is_string()) {
        fields_.Add(item.place, "must be a language tag");
      } else if (IsLanguage(item.value)) {
        fields_.Add(item.place, "is listed twice");
      } else {
        content_.languages.push_back(item.value);
      }
    }
    // Every text is written in Japanese first; the others fall back on it.
    if (content_.languages.empty() || content_.languages.front() != "ja") {
      fields_.Add("languages[0]", "must be \"ja\"");
    }
  }

  void ReadGroup(const Item& item) {
    if (!fields_.CheckObject(item, {"id", "name"})) return;
    std::string id = fields_.Word(item, "id");
    content_.groups.push_back({.id = std::move(id), .name = ReadText(item, "name")});
  }

  void ReadMeasure(const Item& item) {
    if (!fields_.CheckObject(item, {"id", "group", "text", "retired"})) return;
    Measure measure{.id = fields_.Word(item, "id"),
                    .group = nullptr,
                    .text = ReadText(item, "text"),
                    .retired = fields_.Flag(item, "retired")};
    if (!fields_.String(item, "group").empty()) {
      const Item group{item.value["group"], PlaceOf(item, "group")};
      measure.group = Resolve(group, "group", content_.groups, fields_);
    }
    content_.measures.push_back(std::move(measure));
  }

  void ReadIndustry(const Item& item) {
    if (!fields_.CheckObject(item,
                             {"kind", "stay_minutes", "own_end", "name", "example", "measures"})) {
      return;
    }
    content_.industries.push_back(
        {.kind = fields_.Word(item, "kind"),
         .name = ReadText(item, "name"),
         .example = ReadText(item, "example"),
         .stay = absl::Minutes(fields_.Number(item, "stay_minutes", kMostStayMinutes)),
         .has_own_end = fields_.Flag(item, "own_end"),
         .measures = ReadOfferedMeasures(item)});
  }

  std::vector<const Measure*> ReadOfferedMeasures(const Item& industry) {
    std::vector<const Measure*> offered;
    for (const Item& item : fields_.List(industry, "measures")) {
      const Measure* const measure = Resolve(item, "measure", content_.measures, fields_);
      if (measure == nullptr || measure->group == nullptr) continue;
      if (measure->retired) fields_.Add(item.place, "is retired");
      if (std::find(offered.begin(), offered.end(), measure) != offered.end()) {
        fields_.Add(item.place, "is listed twice");
      }
      // Groups lie in one array, in their order.
      if (!offered.empty() && std::less<>()(measure->group, offered.back()->group)) {
        fields_.Add(item.place, "stands behind a measure of a later group");
      }
      offered.push_back(measure);
    }
    return offered;
  }

  Text ReadText(const Item& item, const std::string& key) {
    Text::Words words;
    const auto found = item.value.find(key);
    if (found == item.value.end() || !found->is_object()) {
      fields_.Add(PlaceOf(item, key), "must be an object of texts by language");
      return Text(words);
    }
    const Item text{*found, PlaceOf(item, key)};
    for (const auto& member : found->items()) {
      if (!IsLanguage(member.key())) {
        fields_.Add(PlaceOf(text, member.key()), "is not one of the languages");
      }
      words.emplace(member.key(), fields_.String(text, member.key()));
    }
    if (!words.contains("ja")) fields_.Add(PlaceOf(text, "ja"), "is missing");
    return Text(words);
  }

  bool IsLanguage(const std::string& tag) const {
    return std::find(content_.languages.begin(), content_.languages.end(), tag) !=
           content_.languages.end();
  }

  const Item root_;
  JsonFields fields_;
  Catalogue::Content content_;
};

}  // namespace

absl::StatusOr<Catalogue> ParseCatalogue(std::string_view json) {
  RepeatedKeys repeated;
  Json root;
  // The parser tells the place of a syntax error only by an exception.
  try {
    root = Json::parse(json, std::ref(repeated));
  } catch (const Json::parse_error& error) {
    const auto read = json.substr(0, error.byte);
    const auto line = 1 + std::count(read.begin(), read.end(), '\n');
    return CatalogueInvalid({{absl::StrCat("line ", line), "is not JSON"}});
  }
  if (!root.is_object()) return CatalogueInvalid({{"line 1", "must begin an object"}});
  return Reader(root, repeated).Read();
}

}  // namespace oshirase::catalogue
