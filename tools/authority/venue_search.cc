#include "tools/authority/venue_search.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/ids/venue_code.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::authority {
namespace {

std::string OneLine(const registry::v1::Venue& venue) {
  ids::VenueCode code{venue.venue_code()};
  return absl::StrCat("    ", ids::FormatVenueCode(code), "  ", venue.details().name(), "  ",
                      venue.details().address());
}

// The venue of one stop, or what to tell the officer.
absl::StatusOr<registry::v1::Venue> ResolveOne(Session& session, const Stop& stop) {
  if (!stop.venue_code.empty()) {
    auto venue = FindByCode(session, stop.venue_code);
    if (absl::IsNotFound(venue.status())) {
      return WrongUse(absl::StrCat("施設コード ", stop.venue_code, " の施設はありません"));
    }
    if (absl::IsInvalidArgument(venue.status())) {
      return WrongUse(absl::StrCat("施設コード ", stop.venue_code, " は正しくありません"));
    }
    return venue;
  }
  ASSIGN_OR_RETURN(auto venues, Search(session, stop.venue_name));
  if (venues.size() == 1) return std::move(venues.front());
  if (venues.empty()) {
    return WrongUse(absl::StrCat("「", stop.venue_name, "」という施設はありません"));
  }
  std::vector<std::string> lines;
  for (const auto& venue : venues) lines.push_back(OneLine(venue));
  return WrongUse(absl::StrCat("「", stop.venue_name, "」に当たる施設が ", venues.size(),
                               " 件あります。コードで指定してください:\n",
                               absl::StrJoin(lines, "\n")));
}

}  // namespace

absl::StatusOr<std::vector<registry::v1::Venue>> Search(Session& session, const std::string& text) {
  registry::v1::FindVenuesRequest request;
  request.set_text(text);
  request.set_page_size(100);
  ASSIGN_OR_RETURN(
      const auto response,
      session.Call(session.registry(), &registry::v1::RegistryService::Stub::FindVenues, request));
  return std::vector<registry::v1::Venue>(response.venues().begin(), response.venues().end());
}

absl::StatusOr<registry::v1::Venue> FindByCode(Session& session, const std::string& code) {
  ASSIGN_OR_RETURN(const auto parsed, ids::ParseVenueCode(code));
  ASSIGN_OR_RETURN(const auto venues, Search(session, parsed.value));
  for (const auto& venue : venues) {
    if (venue.venue_code() == parsed.value) return venue;
  }
  return ReasonedError(absl::StatusCode::kNotFound, "VENUE_CODE_UNKNOWN", "no venue has this code");
}

absl::StatusOr<std::vector<registry::v1::Venue>> Resolve(Session& session,
                                                         const std::vector<Stop>& stops) {
  std::vector<registry::v1::Venue> venues;
  std::vector<std::string> problems;
  for (const auto& stop : stops) {
    auto venue = ResolveOne(session, stop);
    if (venue.ok()) {
      venues.push_back(*std::move(venue));
    } else if (ReasonOf(venue.status()) == "WRONG_USE") {
      problems.push_back(absl::StrCat(stop.line, " 行目: ", std::string(venue.status().message())));
    } else {
      return venue.status();
    }
  }
  RETURN_IF_ERROR(WrongUse(problems));
  return venues;
}

}  // namespace oshirase::authority
