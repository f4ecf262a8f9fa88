// Which fields of a venue the registry refused, as its status tells.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oshirase::gateway {

// "details.postal_code" and "rows[3].measure_ids[0]" are the fields "postal_code" and "measure_ids"
// on pages, where the business's own measures are one text, "measures".
std::string FieldNameOf(const std::string& path);

// The names of the members of VenueDetails that `status` complains about ("postal_code"), each
// once; none when it is about something else.
std::vector<std::string> FieldProblemsOf(const absl::Status& status);

// One field that the registry refuses, and why.
struct FieldRefusal {
  std::string field;   // Its path in the call: "details.own_measures[2]", "rows[3].name".
  std::string reason;  // "TOO_LONG"
};

// All that `status` complains about, in its order; none when it is about something else.
std::vector<FieldRefusal> FieldRefusalsOf(const absl::Status& status);

// The path as a JSON pointer in what the API was sent: "#/own_measures/2", and "#/measure_ids" for
// "measures", both lists together.
std::string PointerOf(const std::string& path);

// Whether the registry refused a venue because the business has it already.
bool IsAlreadyRegistered(const absl::Status& status);

}  // namespace oshirase::gateway
