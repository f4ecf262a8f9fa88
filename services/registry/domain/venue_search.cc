#include "services/registry/domain/venue_search.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

// A token is the number of venues already shown.
absl::StatusOr<int64_t> OffsetOf(const std::string& token) {
  int64_t offset = 0;
  if (token.empty()) return offset;
  if (!absl::SimpleAtoi(token, &offset) || offset <= 0 || offset > VenueSearch::kMaxOffset) {
    return PageTokenInvalid();
  }
  return offset;
}

}  // namespace

absl::StatusOr<VenuePage> VenueSearch::FindByWords(const VenueSearchRequest& request) {
  VenueQuery query{.words = FoldedWords(request.text), .whole = "", .offset = 0, .limit = 0};
  if (query.words.empty()) return SearchTextEmpty();
  query.whole = absl::StrJoin(query.words, "");
  ASSIGN_OR_RETURN(query.offset, OffsetOf(request.page_token));
  query.limit = request.page_size + 1;  // one more tells whether there is a next page
  VenuePage page;
  ASSIGN_OR_RETURN(page.venues, venues_.Search(query));
  if (static_cast<int>(page.venues.size()) <= request.page_size) return page;
  page.venues.resize(static_cast<size_t>(request.page_size));
  const int64_t next = query.offset + request.page_size;
  if (next <= kMaxOffset) page.next_page_token = absl::StrCat(next);
  return page;
}

absl::StatusOr<VenuePage> VenueSearch::Find(const VenueSearchRequest& request) {
  VenuePage page;
  const auto code = ids::ParseVenueCode(request.text);
  if (code.ok()) {
    ASSIGN_OR_RETURN(auto venue, venues_.FindByAnyCode(code->value));
    if (venue.has_value()) page.venues.push_back(*std::move(venue));
  } else {
    ASSIGN_OR_RETURN(page, FindByWords(request));
  }
  std::vector<std::string> shown;
  for (const auto& venue : page.venues) shown.push_back(venue.id.value);
  // The text stays out: people type names into search fields. What was shown tells what was sought.
  RETURN_IF_ERROR(audit_.Append(
      {.actor = request.actor,
       .action = "venue.searched",
       .subject = "",
       .facts = {{"by", std::string(code.ok() ? "code" : "words")}, {"shown", std::move(shown)}}}));
  return page;
}

}  // namespace oshirase::registry
