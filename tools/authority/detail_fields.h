// The details of a venue one by one: how each is called, how long it may be, and its value as text
// or JSON, whatever its type in the contract.
#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "oshirase/registry/v1/venue.pb.h"

namespace oshirase::authority {

struct DetailField {
  const char* name;       // As in VenueDetails.
  const char* label;      // In Japanese.
  size_t max_characters;  // Of a text, or of each text of a list.
  bool required;
};

// In the order of the form.
inline constexpr std::array kDetailFields{
    DetailField{"name", "施設名", 100, true},
    DetailField{"kana", "フリガナ", 100, false},
    DetailField{"kind", "業種", 40, true},
    DetailField{"business_name", "事業者名", 100, false},
    DetailField{"postal_code", "郵便番号", 8, false},
    DetailField{"municipality", "市区町村", 40, false},
    DetailField{"address", "住所", 200, true},
    DetailField{"phone", "電話番号", 40, false},
    DetailField{"email", "メールアドレス", 254, true},
    DetailField{"measure_ids", "取組", 64, false},
    DetailField{"own_measures", "独自の取組", 100, false},
    DetailField{"event_start_time", "催しの開始", 0, false},
    DetailField{"event_end_time", "催しの終了", 0, false},
    DetailField{"parent_venue_id", "親の施設", 36, false},
    DetailField{"name_consent", "お知らせに施設名を入れてよい", 0, false},
    DetailField{"listed", "一覧に載せる", 0, false},
    DetailField{"drill", "訓練用", 0, false},
};

// One detail of one venue. Refers to both, which must outlive it.
class Detail {
 public:
  enum class Type { kText, kFlag, kTexts, kTime };

  Detail(const DetailField& field, registry::v1::VenueDetails& details);

  // Null when VenueDetails has none of that name.
  static std::optional<Detail> Find(const std::string& name, registry::v1::VenueDetails& details);

  const DetailField& field() const { return field_; }
  Type type() const;

  nlohmann::json Json() const;
  // Whether `value` was of the right type. A time is a text, or null for none.
  bool SetJson(const nlohmann::json& value);

  // For people; a list has a line for each.
  std::string Text() const;

  // The one text, or those of a list; none of another type.
  std::vector<std::string> Texts() const;
  void SetTexts(const std::vector<std::string>& texts);

 private:
  const DetailField& field_;
  registry::v1::VenueDetails& details_;
  const google::protobuf::FieldDescriptor& descriptor_;
};

}  // namespace oshirase::authority
