#include "tools/authority/entry_details.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/status/macros.h"
#include "tools/authority/detail_fields.h"
#include "tools/authority/typed.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority {
namespace {

using nlohmann::json;
using registry::v1::VenueDetails;

constexpr int kMaxMeasures = 30;

const char* FormOf(Detail::Type type) {
  switch (type) {
    case Detail::Type::kFlag:
      return "true か false";
    case Detail::Type::kTime:
      return "2020-06-01T19:00 の形";
    case Detail::Type::kTexts:
      return "文字列の並び";
    default:
      return "文字列";
  }
}

std::string WrongForm(const Detail& detail) {
  return absl::StrCat(detail.field().name, " は", FormOf(detail.type()), "で書いてください");
}

std::string UnknownField(const std::string& name) {
  return absl::StrCat(name, " という項目はありません");
}

// What one setting's value means in JSON.
json SettingJson(const Detail& detail, const std::vector<std::string>& values) {
  const std::string& last = values.back();
  switch (detail.type()) {
    case Detail::Type::kFlag:
      if (last == "true" || last == "yes" || last == "はい") return true;
      if (last == "false" || last == "no" || last == "いいえ") return false;
      return last;  // No form it can have.
    case Detail::Type::kTime:
      return last.empty() ? json(nullptr) : json(last);
    case Detail::Type::kTexts: {
      json texts = json::array();
      for (const auto& value : values) {
        if (value.empty()) continue;
        if (detail.field().name == std::string("own_measures")) {
          texts.push_back(value);
        } else {
          for (const auto& id : absl::StrSplit(value, ',')) texts.push_back(std::string(id));
        }
      }
      return texts;
    }
    case Detail::Type::kText:
      break;
  }
  return last;
}

// Checks and trims the texts of one detail.
void CheckTexts(Detail detail, std::vector<std::string>& problems) {
  auto texts = detail.Texts();
  for (auto& text : texts) {
    if (text.empty() && !detail.field().required && detail.type() == Detail::Type::kText) continue;
    auto checked = TypedLine({detail.field().label, text, detail.field().max_characters});
    if (checked.ok()) {
      text = *std::move(checked);
    } else {
      problems.emplace_back(checked.status().message());
    }
  }
  if (!texts.empty()) detail.SetTexts(texts);
}

}  // namespace

json DetailsJson(const VenueDetails& details) {
  auto copy = details;
  json object = json::object();
  for (const auto& field : kDetailFields) object[field.name] = Detail(field, copy).Json();
  return object;
}

absl::StatusOr<EntryFile> ReadEntryFile(const std::string& text) {
  const auto whole = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!whole.is_object()) return WrongUse("ファイルがJSONのオブジェクトではありません");
  EntryFile file;
  std::vector<std::string> problems;
  const auto inner = whole.find("details");
  const json& details = inner == whole.end() ? whole : *inner;
  if (!details.is_object()) return WrongUse("details がオブジェクトではありません");
  if (inner != whole.end() && whole.contains("revision")) {
    const auto& revision = whole["revision"];
    const bool fits = revision.is_number_integer() && revision.get<int64_t>() > 0 &&
                      revision.get<int64_t>() <= INT32_MAX;
    if (fits) {
      file.revision = revision.get<int32_t>();
    } else {
      problems.emplace_back("revision は正の整数で書いてください");
    }
  }
  for (const auto& [name, value] : details.items()) {
    auto detail = Detail::Find(name, file.details);
    if (!detail.has_value()) {
      problems.push_back(UnknownField(name));
    } else if (!detail->SetJson(value)) {
      problems.push_back(WrongForm(*detail));
    }
  }
  RETURN_IF_ERROR(WrongUse(problems));
  return file;
}

absl::Status ApplySettings(const std::vector<std::string>& settings, VenueDetails& details) {
  std::vector<std::string> problems;
  std::vector<std::pair<std::string, std::vector<std::string>>> values;
  for (const auto& setting : settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      problems.push_back(absl::StrCat("「", setting, "」は field=value の形で書いてください"));
      continue;
    }
    const auto name = setting.substr(0, equals);
    auto known = std::find_if(values.begin(), values.end(),
                              [&name](const auto& entry) { return entry.first == name; });
    if (known == values.end()) known = values.insert(values.end(), {name, {}});
    known->second.push_back(setting.substr(equals + 1));
  }
  for (const auto& [name, texts] : values) {
    auto detail = Detail::Find(name, details);
    if (!detail.has_value()) {
      problems.push_back(UnknownField(name));
    } else if (!detail->SetJson(SettingJson(*detail, texts))) {
      problems.push_back(WrongForm(*detail));
    }
  }
  return WrongUse(problems);
}

absl::Status CheckDetails(VenueDetails& details) {
  details.set_postal_code(absl::StrReplaceAll(details.postal_code(), {{"-", ""}}));
  std::vector<std::string> problems;
  for (const auto& field : kDetailFields) CheckTexts(Detail(field, details), problems);
  if (!details.kind().empty()) {
    if (const auto kind = TypedKind(details.kind()); !kind.ok()) {
      problems.emplace_back(kind.status().message());
    }
  }
  if (details.measure_ids_size() + details.own_measures_size() > kMaxMeasures) {
    problems.push_back(absl::StrCat("取組は合わせて ", kMaxMeasures, " までです"));
  }
  return WrongUse(problems);
}

std::vector<Difference> DifferencesOf(const VenueDetails& before, const VenueDetails& after) {
  auto from = before;
  auto to = after;
  std::vector<Difference> differences;
  for (const auto& field : kDetailFields) {
    const Detail was(field, from);
    const Detail is(field, to);
    if (was.Json() != is.Json()) differences.push_back({field.label, was.Text(), is.Text()});
  }
  return differences;
}

std::vector<std::pair<std::string, std::string>> DetailsText(const VenueDetails& details) {
  auto copy = details;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& field : kDetailFields) {
    lines.emplace_back(field.label, Detail(field, copy).Text());
  }
  return lines;
}

std::string LabelOf(const std::string& field) {
  for (const auto& known : kDetailFields) {
    if (field == known.name) return known.label;
  }
  return field;
}

}  // namespace oshirase::authority
