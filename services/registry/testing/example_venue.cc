#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {
namespace {

catalogue::Text Ja(const std::string& words) { return catalogue::Text({{"ja", words}}); }

catalogue::Industry Kind(const std::string& word, const std::string& name, absl::Duration stay,
                         const std::vector<catalogue::Measure>& measures) {
  catalogue::Industry industry{
      .kind = word, .name = Ja(name), .example = Ja(""), .stay = stay, .measures = {}};
  for (const auto& measure : measures) {
    if (!measure.retired) industry.measures.push_back(&measure);
  }
  return industry;
}

catalogue::Catalogue MakeCatalogue() {
  catalogue::Catalogue::Content content{.version = "test", .languages = {"ja"}};
  content.groups = {{.id = "masks", .name = Ja("マスク")}, {.id = "air", .name = Ja("換気")}};
  const auto* const masks = &content.groups[0];
  const auto* const air = &content.groups[1];
  content.measures = {
      {.id = "masks-staff", .group = masks, .text = Ja("従業員はマスクを着けます")},
      {.id = "masks-guests", .group = masks, .text = Ja("お客様にマスクをお願いします")},
      {.id = "ventilation", .group = air, .text = Ja("30分に1回、窓を開けます")},
      {.id = "gloves", .group = masks, .text = Ja("手袋を着けます"), .retired = true}};
  content.industries = {Kind("restaurant", "飲食店", absl::Hours(2), content.measures),
                        Kind("cinema", "映画館", absl::Hours(3), content.measures),
                        Kind("event", "催し", absl::Hours(12), content.measures)};
  content.industries[2].has_own_end = true;
  return catalogue::Catalogue(std::move(content));
}

}  // namespace

const catalogue::Catalogue& ExampleCatalogue() {
  static const auto& catalogue = *new catalogue::Catalogue(MakeCatalogue());
  return catalogue;
}

const CertificateMaker& ExampleCertificates() {
  static const auto& maker = *new CertificateMaker(
      ExampleCatalogue(), {.prefecture_name = "みほん県", .consultation = "0570-000-000"});
  return maker;
}

}  // namespace oshirase::registry
