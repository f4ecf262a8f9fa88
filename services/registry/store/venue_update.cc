#include "services/registry/store/venue_update.h"

#include <optional>
#include <string>

#include "absl/strings/str_join.h"
#include "common/postgres/fields.h"
#include "services/registry/domain/search_copy.h"
#include "services/registry/domain/twin_key.h"
#include "services/registry/store/link_rows.h"
#include "services/registry/store/venue_row.h"

namespace oshirase::registry {
namespace {

constexpr char kUpdateDetails[] = R"(
  UPDATE registry.venues
  SET name = $2, kana = $3, kind = $4, postal_code = $5, municipality = $6, address = $7,
      phone = $8, email = $9, business_name = $10, parent_venue_id = $11, measures = $12,
      measure_ids = string_to_array($13, ' '), event_start_time = $14, event_end_time = $15,
      name_consent = $16, listed = $17, search_name = $18, search_text = $19,
      search_grams = string_to_array($20, ' '), twin_key = $21, search_email = $22,
      revision = revision + 1
  WHERE venue_id = $1)";

}  // namespace

void UpdateDetails(pqxx::work& tx, const VenueId& id, const VenueDetails& details) {
  const SearchCopy search = SearchCopyOf(details);
  const std::optional<std::string> parent =
      details.parent_venue_id.empty() ? std::nullopt : std::optional(details.parent_venue_id);
  tx.exec_params(kUpdateDetails, id.value, details.name, details.kana, details.kind,
                 details.postal_code, details.municipality, details.address, details.phone,
                 details.email, details.business_name, parent, JoinMeasures(details.own_measures),
                 absl::StrJoin(details.measure_ids, " "),
                 postgres::NullableTimeParam(details.event_start),
                 postgres::NullableTimeParam(details.event_end), details.name_consent,
                 details.listed, search.name, search.text, absl::StrJoin(search.grams, " "),
                 HashParam(TwinKeyOf(details)), search.email);
}

}  // namespace oshirase::registry
