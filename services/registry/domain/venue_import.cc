#include "services/registry/domain/venue_import.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/fresh_code.h"
#include "services/registry/domain/new_venue.h"
#include "services/registry/domain/twin_key.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

std::string PrefixOf(size_t row) { return absl::StrCat("rows[", row, "]."); }

void Append(FieldViolations& all, FieldViolations more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

absl::StatusOr<FieldViolations> VenueImport::CheckParents(const Holder& holder,
                                                          const std::vector<VenueDetails>& rows) {
  FieldViolations violations;
  std::map<std::string, bool> fit;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string& parent = rows[i].parent_venue_id;
    if (parent.empty()) continue;
    if (!fit.contains(parent)) {
      ASSIGN_OR_RETURN(const auto venue, parts_.own_venues.Find({parent}, holder.business_id));
      fit[parent] = venue.has_value() && venue->venue.details.parent_venue_id.empty();
    }
    if (!fit[parent]) violations.push_back(ParentViolation(PrefixOf(i)));
  }
  return violations;
}

absl::StatusOr<FieldViolations> VenueImport::CheckTwins(const Holder& holder,
                                                        const std::vector<VenueDetails>& rows) {
  std::vector<crypto::Digest> keys;
  keys.reserve(rows.size());
  for (const auto& row : rows) keys.push_back(TwinKeyOf(row));
  ASSIGN_OR_RETURN(const auto known, parts_.own_venues.FindTwins(holder.business_id, keys));
  FieldViolations violations;
  std::set<crypto::Digest> seen;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (std::find(known.begin(), known.end(), keys[i]) != known.end()) {
      violations.push_back(TwinViolation(PrefixOf(i)));
    } else if (!seen.insert(keys[i]).second) {
      violations.push_back({.field = PrefixOf(i) + "name",
                            .reason = "TWICE",
                            .description = "an earlier row has the same name and address"});
    }
  }
  return violations;
}

absl::StatusOr<FieldViolations> VenueImport::Check(const Holder& holder,
                                                   std::vector<VenueDetails>& rows) {
  const absl::Time now = parts_.clock();
  FieldViolations violations;
  for (size_t i = 0; i < rows.size() && violations.size() < kMaxViolations; ++i) {
    Append(violations,
           CheckVenueDetails(rows[i],
                             {.catalogue = parts_.catalogue, .now = now, .prefix = PrefixOf(i)}));
  }
  // Comparing what is not fit to be stored would tell more wrongs than there are.
  if (violations.empty()) {
    ASSIGN_OR_RETURN(violations, CheckTwins(holder, rows));
    ASSIGN_OR_RETURN(auto parents, CheckParents(holder, rows));
    Append(violations, std::move(parents));
  }
  if (violations.size() > kMaxViolations) violations.resize(kMaxViolations);
  return violations;
}

absl::StatusOr<int> VenueImport::Import(const Holder& holder, ImportRequest request,
                                        FieldViolations& violations) {
  // First of all: the venues of a repeated request are known by now, which is no mistake.
  ASSIGN_OR_RETURN(const auto earlier,
                   parts_.own_venues.FindBatch(request.request_id, holder.business_id));
  if (earlier.has_value()) return *earlier;
  ASSIGN_OR_RETURN(const auto business, parts_.businesses.FindBusiness(holder.business_id));
  const std::string email = business.has_value() ? business->email : "";
  for (auto& row : request.rows) {
    row.email = email;
    row.drill = false;
  }
  ASSIGN_OR_RETURN(violations, Check(holder, request.rows));
  if (!violations.empty()) return VenueInvalid();
  const auto count = static_cast<int>(request.rows.size());
  if (request.check_only) return count;

  const absl::Time now = parts_.clock();
  VenueBatch batch{.request_id = request.request_id,
                   .business_id = holder.business_id,
                   .additions = {},
                   .now = now,
                   .note = {.actor = holder.actor,
                            .action = "venues.imported",
                            .subject = holder.business_id.value,
                            .facts = {{"count", int64_t{count}}}},
                   .mails = {{.to = email, .content = ImportMail{.venue_count = count}}}};
  for (auto& row : request.rows) {
    // Lists go from the newest venue to the oldest: a microsecond each keeps them in the file's
    // order.
    const absl::Time create_time = now - absl::Microseconds(batch.additions.size());
    VenueAddition addition{.venue = NewVenue(std::move(row), create_time),
                           .request_id = ids::NewUuid(),
                           .certificate = {},
                           .note = {}};
    addition.venue.business_id = holder.business_id;
    addition.certificate = parts_.certificates.First(addition.venue, now);
    addition.note = RegisteredNote(addition.venue, holder.actor);
    batch.additions.push_back(std::move(addition));
  }
  return WithFreshCode([&](std::string code) {
    for (auto& addition : batch.additions) {
      addition.venue.code = std::move(code);
      code = ids::NewVenueCode().value;
    }
    return parts_.own_venues.AddBatch(batch);
  });
}

}  // namespace oshirase::registry
