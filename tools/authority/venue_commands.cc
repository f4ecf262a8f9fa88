#include "absl/strings/str_cat.h"
#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/terminal_text.h"
#include "tools/authority/typed.h"
#include "tools/authority/venue_search.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

// Sets the state of the venue with the code that was given, and says so.
absl::Status SetState(Session& session, const Options& options, rv1::VenueState state,
                      const std::string& done) {
  ASSIGN_OR_RETURN(const auto reason, TypedReason(options.reason));
  ASSIGN_OR_RETURN(const auto venue, FindByCode(session, options.text));
  ASSIGN_OR_RETURN(const auto changed, SetVenueState(session, venue.venue_id(), state, reason));
  Print(options, Dump(ToJson(changed)), absl::StrCat(done, ": ", changed.details().name()));
  return absl::OkStatus();
}

}  // namespace

absl::Status FindVenues(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto venues, Search(session, options.text));
  auto list = nlohmann::json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& venue : venues) {
    list.push_back(ToJson(venue));
    rows.push_back({ids::FormatVenueCode(ids::VenueCode{venue.venue_code()}),
                    venue.details().name() + (venue.details().drill() ? "（訓練）" : ""),
                    venue.details().kind(), venue.details().address()});
  }
  if (venues.empty()) Tell("見つかりませんでした。");
  Print(options, Dump(list), Table(rows));
  return absl::OkStatus();
}

absl::Status SuspendVenue(Session& session, const Options& options) {
  return SetState(session, options, rv1::VENUE_STATE_SUSPENDED, "停止しました");
}

absl::Status ReopenVenue(Session& session, const Options& options) {
  return SetState(session, options, rv1::VENUE_STATE_OPEN, "再開しました");
}

}  // namespace oshirase::authority
