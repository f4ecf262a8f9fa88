#include "tools/authority/detail_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include "absl/strings/str_join.h"
#include "common/time/japan_time.h"
#include "tools/authority/industries.h"
#include "tools/authority/output.h"

namespace oshirase::authority {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;
using nlohmann::json;
using registry::v1::VenueDetails;

const Reflection& ReflectionOf(const VenueDetails& details) { return *details.GetReflection(); }

bool AllTexts(const json& value) {
  if (!value.is_array()) return false;
  for (const auto& item : value) {
    if (!item.is_string()) return false;
  }
  return true;
}

}  // namespace

Detail::Detail(const DetailField& field, VenueDetails& details)
    : field_(field),
      details_(details),
      descriptor_(*details.GetDescriptor()->FindFieldByName(field.name)) {}

std::optional<Detail> Detail::Find(const std::string& name, VenueDetails& details) {
  for (const auto& field : kDetailFields) {
    if (name == field.name) return Detail(field, details);
  }
  return std::nullopt;
}

Detail::Type Detail::type() const {
  if (descriptor_.is_repeated()) return Type::kTexts;
  if (descriptor_.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return Type::kFlag;
  if (descriptor_.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return Type::kTime;
  return Type::kText;
}

json Detail::Json() const {
  const auto& reflection = ReflectionOf(details_);
  switch (type()) {
    case Type::kFlag:
      return reflection.GetBool(details_, &descriptor_);
    case Type::kTime:
      return TimeJson(
          dynamic_cast<const Timestamp&>(reflection.GetMessage(details_, &descriptor_)));
    case Type::kTexts:
      return Texts();
    case Type::kText:
      break;
  }
  return reflection.GetString(details_, &descriptor_);
}

bool Detail::SetJson(const json& value) {
  const auto& reflection = ReflectionOf(details_);
  switch (type()) {
    case Type::kFlag:
      if (!value.is_boolean()) return false;
      reflection.SetBool(&details_, &descriptor_, value.get<bool>());
      return true;
    case Type::kTime: {
      reflection.ClearField(&details_, &descriptor_);
      if (value.is_null()) return true;
      if (!value.is_string()) return false;
      const auto time = ParseJapanTime(value.get<std::string>());
      if (!time.ok()) return false;
      auto* message = reflection.MutableMessage(&details_, &descriptor_);
      dynamic_cast<Timestamp*>(message)->set_seconds(absl::ToUnixSeconds(*time));
      return true;
    }
    case Type::kTexts:
      if (!AllTexts(value)) return false;
      SetTexts(value.get<std::vector<std::string>>());
      return true;
    case Type::kText:
      break;
  }
  if (!value.is_string()) return false;
  SetTexts({value.get<std::string>()});
  return true;
}

std::string Detail::Text() const {
  const std::string name = field_.name;
  if (type() == Type::kFlag) return Json().get<bool>() ? "はい" : "いいえ";
  if (type() == Type::kTime) {
    const auto& message = ReflectionOf(details_).GetMessage(details_, &descriptor_);
    return TimeText(dynamic_cast<const Timestamp&>(message));
  }
  auto texts = Texts();
  for (auto& text : texts) {
    if (name == "kind") text = KindText(text);
    if (name == "measure_ids") text = MeasureText(text);
  }
  return absl::StrJoin(texts, "\n");
}

std::vector<std::string> Detail::Texts() const {
  const auto& reflection = ReflectionOf(details_);
  std::vector<std::string> texts;
  if (type() == Type::kText) texts.push_back(reflection.GetString(details_, &descriptor_));
  if (type() == Type::kTexts) {
    for (int i = 0; i < reflection.FieldSize(details_, &descriptor_); ++i) {
      texts.push_back(reflection.GetRepeatedString(details_, &descriptor_, i));
    }
  }
  return texts;
}

void Detail::SetTexts(const std::vector<std::string>& texts) {
  const auto& reflection = ReflectionOf(details_);
  reflection.ClearField(&details_, &descriptor_);
  for (const auto& text : texts) {
    if (type() == Type::kTexts) {
      reflection.AddString(&details_, &descriptor_, text);
    } else {
      reflection.SetString(&details_, &descriptor_, text);
    }
  }
}

}  // namespace oshirase::authority
