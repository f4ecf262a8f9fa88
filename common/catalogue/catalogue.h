// What a business can declare: the industries, and for each the infection-control measures it may
// tick, in every language of the service. The registry's checks, the form and the certificate all
// read this one catalogue, so that none of them offers what another does not know.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/catalogue/text.h"

namespace oshirase::catalogue {

// The heading some measures stand under.
struct Group {
  std::string id;  // "staff-health"
  Text name;
};

// One thing a business does against infection.
struct Measure {
  std::string id;      // "karaoke-remote"; never changes its meaning and is never used again
  const Group* group;  // never null
  Text text;           // one sentence, as on the certificate
  // Offered to nobody any more. Still found by its id, for the certificates that carry it.
  bool retired = false;
};

// One kind of venue.
struct Industry {
  std::string kind;  // "restaurant": the word in requests and in the database
  Text name;
  Text example;                          // "e.g. ramen shop, cafe, diner"
  absl::Duration stay;                   // how long people usually stay; at most 12 hours
  bool has_own_end = false;              // an event: it has dates, and nobody stays beyond its end
  std::vector<const Measure*> measures;  // none twice, none retired, in the order of the groups
};

// Immutable, so that any number of threads may read it. It can be moved but not copied: industries
// point to its measures and these to its groups. What Find...() returns lives as long as it does,
// wherever it is moved.
class Catalogue {
 public:
  struct Content {
    std::string version;
    std::vector<std::string> languages;
    std::vector<Group> groups;
    std::vector<Measure> measures;
    std::vector<Industry> industries;
  };

  // For ParseCatalogue(), which has checked that `content` is consistent.
  explicit Catalogue(Content content);
  Catalogue(Catalogue&&) = default;
  Catalogue& operator=(Catalogue&&) = default;

  // Names this edition: "2026-11".
  const std::string& version() const { return content_.version; }
  // The tags of the languages the catalogue is written in, "ja" first.
  const std::vector<std::string>& languages() const { return content_.languages; }
  // In the order of the certificate.
  const std::vector<Group>& groups() const { return content_.groups; }
  // Every one, retired ones too, in the order of the file.
  const std::vector<Measure>& measures() const { return content_.measures; }
  // In the order of the form; the last one is for everybody else.
  const std::vector<Industry>& industries() const { return content_.industries; }

  // The industry of this kind, or null.
  const Industry* FindIndustry(std::string_view kind) const;
  // The measure with this id, a retired one too, or null.
  const Measure* FindMeasure(std::string_view id) const;

 private:
  Content content_;
  std::map<std::string, const Measure*, std::less<>> measures_by_id_;
};

// Reads a catalogue of the form that README.md describes.
// Returns INVALID_ARGUMENT, reason CATALOGUE_INVALID, with every problem as a field violation that
// names its place: "measures[bar-music].text.ko".
absl::StatusOr<Catalogue> ParseCatalogue(std::string_view json);

// Reads the catalogue this program was built with; call it once, at start. Fails as
// ParseCatalogue() does, which the unit tests rule out.
absl::StatusOr<Catalogue> LoadBuiltIn();

}  // namespace oshirase::catalogue
