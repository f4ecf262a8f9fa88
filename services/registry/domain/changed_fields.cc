#include "services/registry/domain/changed_fields.h"

namespace oshirase::registry {

std::vector<std::string> ChangedFields(const VenueDetails& before, const VenueDetails& after) {
  std::vector<std::string> fields;
  const auto compare = [&](const char* name, auto VenueDetails::*member) {
    if (before.*member != after.*member) fields.emplace_back(name);
  };
  compare("name", &VenueDetails::name);
  compare("kana", &VenueDetails::kana);
  compare("kind", &VenueDetails::kind);
  compare("postal_code", &VenueDetails::postal_code);
  compare("municipality", &VenueDetails::municipality);
  compare("address", &VenueDetails::address);
  compare("phone", &VenueDetails::phone);
  compare("email", &VenueDetails::email);
  compare("business_name", &VenueDetails::business_name);
  compare("parent_venue_id", &VenueDetails::parent_venue_id);
  compare("measure_ids", &VenueDetails::measure_ids);
  compare("own_measures", &VenueDetails::own_measures);
  compare("event_start_time", &VenueDetails::event_start);
  compare("event_end_time", &VenueDetails::event_end);
  compare("name_consent", &VenueDetails::name_consent);
  compare("listed", &VenueDetails::listed);
  return fields;
}

}  // namespace oshirase::registry
