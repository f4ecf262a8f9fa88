#include "services/registry/pdf/font_set.h"

#include <array>

#include "services/registry/pdf/errors.h"
#include "services/registry/pdf/fonts_conf.h"
#include "services/registry/pdf/handles.h"

namespace oshirase::registry::pdf {
namespace {

// MigMix has what JIS X 0213 lacks and names need (𠮷), and Vietnamese, in the same style. DejaVu
// and Free are for the scripts of restaurants' names: Arabic, Hebrew, Devanagari, Bengali, Thai,
// Tamil. HanaMin has the kanji of Unicode that nobody else has, as Mincho, and Symbola has
// pictures.
constexpr char kJapaneseFamilies[] =
    "BIZ UDPGothic,MigMix 1P,NanumGothic,WenQuanYi Micro Hei,DejaVu Sans,FreeSans,FreeSerif,"
    "HanaMinA,HanaMinB,Symbola";
constexpr char kChineseFamilies[] =
    "WenQuanYi Micro Hei,BIZ UDPGothic,MigMix 1P,NanumGothic,DejaVu Sans,FreeSans,FreeSerif,"
    "HanaMinA,HanaMinB,Symbola";
constexpr char kKoreanFamilies[] =
    "NanumGothic,BIZ UDPGothic,MigMix 1P,WenQuanYi Micro Hei,DejaVu Sans,FreeSans,FreeSerif,"
    "HanaMinA,HanaMinB,Symbola";
constexpr std::array kInstalled = {
    "BIZ UDPGothic", "MigMix 1P", "WenQuanYi Micro Hei", "NanumGothic", "HanaMinA", "HanaMinB",
    "DejaVu Sans",   "FreeSans",  "FreeSerif",           "Symbola"};

bool Has(const FcFontSet& fonts, const char* family) {
  for (int i = 0; i < fonts.nfont; ++i) {
    FcChar8* name = nullptr;
    for (int n = 0; FcPatternGetString(fonts.fonts[i], FC_FAMILY, n, &name) == FcResultMatch; ++n) {
      if (FcStrCmp(name, reinterpret_cast<const FcChar8*>(family)) == 0) return true;
    }
  }
  return false;
}

absl::Status Load() {
  const FontConfigHandle config(FcConfigCreate());
  const auto* text = reinterpret_cast<const FcChar8*>(kFontsConf);
  if (!FcConfigParseAndLoadFromMemory(config.get(), text, FcTrue) ||
      !FcConfigBuildFonts(config.get())) {
    return absl::InternalError("the font configuration cannot be read");
  }
  const FcFontSet* fonts = FcConfigGetFonts(config.get(), FcSetSystem);
  for (const char* family : kInstalled) {
    if (fonts == nullptr || !Has(*fonts, family)) return FontMissing(family);
  }
  // Pango asks for the current configuration in a thread of its own while a font map is young;
  // with this one in place it never looks at the machine's.
  FcConfigSetCurrent(config.get());
  return absl::OkStatus();
}

}  // namespace

const char* FamiliesOf(Script script) {
  switch (script) {
    case Script::kSimplifiedChinese:
      return kChineseFamilies;
    case Script::kKorean:
      return kKoreanFamilies;
    case Script::kJapanese:
      break;
  }
  return kJapaneseFamilies;
}

const char* LanguageOf(Script script) {
  switch (script) {
    case Script::kSimplifiedChinese:
      return "zh-CN";
    case Script::kKorean:
      return "ko-KR";
    case Script::kJapanese:
      break;
  }
  return "ja-JP";
}

absl::Status UseSheetFonts() {
  static const absl::Status& loaded = *new absl::Status(Load());
  return loaded;
}

}  // namespace oshirase::registry::pdf
