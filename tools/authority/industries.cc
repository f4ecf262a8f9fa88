#include "tools/authority/industries.h"

namespace oshirase::authority {

const catalogue::Catalogue& Industries() {
  // Unit tests rule out that the built-in catalogue cannot be read.
  static const auto* const kCatalogue = new auto(*catalogue::LoadBuiltIn());
  return *kCatalogue;
}

std::string KindText(const std::string& kind) {
  const auto* const industry = Industries().FindIndustry(kind);
  return industry == nullptr ? kind : industry->name.In("ja");
}

std::string MeasureText(const std::string& measure_id) {
  const auto* const measure = Industries().FindMeasure(measure_id);
  return measure == nullptr ? measure_id : measure->text.In("ja");
}

}  // namespace oshirase::authority
