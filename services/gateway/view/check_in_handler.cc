#include "services/gateway/view/check_in_handler.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/ids/oa_message.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

// A lookup itself gives up after a second.
constexpr absl::Duration kPatience = absl::Seconds(5);

// Waits for the venue behind `code`; null when there is none.
absl::StatusOr<VenueCache::VenuePtr> FindVenue(VenueCache& venues, const ids::VenueCode& code,
                                               const CallContext& call) {
  struct Waiting {
    absl::Notification done;
    absl::StatusOr<VenueCache::VenuePtr> answer = absl::UnavailableError("no answer in time");
  };
  const auto waiting = std::make_shared<Waiting>();
  venues.Find(code, call, [waiting](absl::StatusOr<VenueCache::VenuePtr> answer) {
    waiting->answer = std::move(answer);
    waiting->done.Notify();
  });
  if (!waiting->done.WaitForNotificationWithTimeout(kPatience)) {
    return absl::UnavailableError("no answer in time");
  }
  return waiting->answer;
}

// The words "check_in.<state>_text"; "open" for a venue that takes visits now.
const char* StateOf(const Venue& venue, absl::Time now) {
  if (venue.state == Venue::State::kClosed) return "closed";
  if (venue.state == Venue::State::kSuspended) return "suspended";
  const bool outside = (venue.event_start && now < *venue.event_start) ||
                       (venue.event_end && now >= *venue.event_end);
  return outside ? "outside" : "open";
}

}  // namespace

std::vector<Route> CheckInHandler::Routes() {
  return {{"GET", "/c/{code}", "check_in",
           [this](const HttpRequest& request) { return Show(request); }}};
}

HttpResponse CheckInHandler::ShowMissing(const HttpRequest& request, bool mistyped) const {
  const Words& words = parts_.renderer.words();
  const Language language = LanguageOf(request);
  Page page = {.name = "check_in_missing", .status = 404};
  page.title = words.Get(language, mistyped ? "title.check_in_mistyped" : "title.check_in_missing");
  page.values.set(
      "text", words.Get(language, mistyped ? "check_in.mistyped_text" : "check_in.unknown_text"));
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse CheckInHandler::Show(const HttpRequest& request) const {
  const auto code = ids::ParseVenueCode(request.PathValue("code"));
  if (!code.ok()) return ShowMissing(request, /*mistyped=*/true);
  const auto found = FindVenue(parts_.venues, *code, CallOf(request));
  if (!found.ok()) return parts_.renderer.ErrorPage(request, HttpStatusOf(found.status()));
  if (*found == nullptr) return ShowMissing(request, /*mistyped=*/false);

  const Venue& venue = **found;
  const Language language = LanguageOf(request);
  const Words& words = parts_.renderer.words();
  const std::string state = StateOf(venue, parts_.clock());
  Page page = {.name = "check_in"};
  page.title = words.Format(language, "title.check_in", {{"name", venue.name}});
  page.values.set("open", state == "open");
  if (state == "open") {
    page.values.set("oa_message", ids::OaMessageUrl(bot_basic_id_, *code));
  } else {
    page.values.set("state", words.Get(language, absl::StrCat("check_in.", state)));
    page.values.set("state_text",
                    words.Format(language, absl::StrCat("check_in.", state, "_text"),
                                 {{"prefecture", parts_.renderer.facts().prefecture_name}}));
  }
  const bool dated = state == "outside" && venue.event_start && venue.event_end;
  page.values.set("dated", dated);
  if (dated) {
    page.values.set("start", DateAndTime(language, *venue.event_start));
    page.values.set("end", DateAndTime(language, *venue.event_end));
  }
  return parts_.renderer.Render(request, std::move(page));
}

}  // namespace oshirase::gateway
