#include "services/registry/domain/venue_check.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/registry/domain/text.h"
#include "services/registry/domain/venue_kinds.h"

namespace oshirase::registry {
namespace {

// One character can be arbitrarily many bytes (accents pile up); nobody's name needs more than this
// for each.
constexpr size_t kMaxBytesPerCharacter = 32;

enum class Presence { kOptional, kRequired };

class Checker {
 public:
  void Add(const std::string& field, const std::string& reason, const std::string& description) {
    violations_.push_back({.field = field, .reason = reason, .description = description});
  }

  // Returns whether `text` is there and fit for further checks.
  bool Text(const std::string& field, std::string& text, size_t max_characters, Presence presence) {
    if (!IsUtf8(text)) {
      Add(field, "NOT_UTF8", "must be UTF-8");
      return false;
    }
    text = Trimmed(text);
    if (text.empty()) {
      if (presence == Presence::kRequired) Add(field, "REQUIRED", "is required");
      return false;
    }
    if (HasControlCharacters(text)) {
      Add(field, "CONTROL_CHARACTER", "must not hold control characters");
      return false;
    }
    if (text.size() > max_characters * kMaxBytesPerCharacter ||
        CharacterCount(text) > max_characters) {
      Add(field, "TOO_LONG", absl::StrCat("must be at most ", max_characters, " characters"));
      return false;
    }
    return true;
  }

  FieldViolations Take() { return std::move(violations_); }

 private:
  FieldViolations violations_;
};

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// Full width digits count; how people group them does not matter.
bool LooksLikePhone(const std::string& phone) {
  const std::string folded = Folded(phone);
  return folded.size() >= 6 && folded.size() <= 20 && AllDigits(folded);
}

bool IsHostLabel(absl::string_view label) {
  const auto fits = [](unsigned char c) { return absl::ascii_isalnum(c) || c == '-'; };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), fits);
}

// Deliberately narrower than RFC 5321: no quoted local parts, no address literals. Whether the
// mailbox exists only a mail can tell.
bool LooksLikeEmail(const std::string& email) {
  const std::vector<std::string> parts = absl::StrSplit(email, '@');
  if (parts.size() != 2 || parts[0].empty() || parts[0].size() > 64) return false;
  const auto fits = [](unsigned char c) {
    return absl::ascii_isalnum(c) ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(static_cast<char>(c)) !=
               std::string_view::npos;
  };
  if (!std::all_of(parts[0].begin(), parts[0].end(), fits)) return false;
  const std::vector<absl::string_view> labels = absl::StrSplit(parts[1], '.');
  return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), IsHostLabel);
}

void CheckMeasures(std::vector<std::string>& measures, Checker& check) {
  if (measures.size() > kMaxMeasures) {
    check.Add("details.measures", "TOO_MANY", absl::StrCat("must be at most ", kMaxMeasures));
    return;
  }
  for (size_t i = 0; i < measures.size(); ++i) {
    check.Text(absl::StrCat("details.measures[", i, "]"), measures[i], kMaxMeasureCharacters,
               Presence::kRequired);
  }
}

void CheckEventDates(const VenueDetails& details, absl::Time now, Checker& check) {
  if (details.kind != kEventKind) {
    if (details.event_start.has_value())
      check.Add("details.event_start_time", "NOT_AN_EVENT", "only an event has dates");
    if (details.event_end.has_value())
      check.Add("details.event_end_time", "NOT_AN_EVENT", "only an event has dates");
    return;
  }
  if (!details.event_start.has_value())
    check.Add("details.event_start_time", "REQUIRED", "an event needs its start");
  if (!details.event_end.has_value())
    check.Add("details.event_end_time", "REQUIRED", "an event needs its end");
  if (!details.event_start.has_value() || !details.event_end.has_value()) return;
  if (*details.event_end <= *details.event_start) {
    check.Add("details.event_end_time", "NOT_AFTER_START", "must be after the start");
  } else if (*details.event_end - *details.event_start > kMaxEventLength) {
    check.Add("details.event_end_time", "EVENT_TOO_LONG",
              "must be at most 31 days after the start");
  } else if (*details.event_end <= now) {
    check.Add("details.event_end_time", "EVENT_OVER", "must not be in the past");
  } else if (absl::FromUnixSeconds(absl::ToUnixSeconds(*details.event_end)) != *details.event_end) {
    // Statements repeat it in whole seconds: with a fraction nobody could ever be told.
    check.Add("details.event_end_time", "NOT_WHOLE_SECONDS", "must be a whole second");
  }
}

}  // namespace

FieldViolations CheckVenueDetails(VenueDetails& details, absl::Time now) {
  Checker check;
  check.Text("details.name", details.name, kMaxNameCharacters, Presence::kRequired);
  check.Text("details.kana", details.kana, kMaxKanaCharacters, Presence::kOptional);
  if (FindVenueKind(details.kind) == nullptr) {
    const bool empty = details.kind.empty();
    check.Add("details.kind", empty ? "REQUIRED" : "UNKNOWN_KIND",
              empty ? "is required" : "must be one of the kinds of the catalogue");
  }
  if (!details.postal_code.empty() &&
      !(details.postal_code.size() == 7 && AllDigits(details.postal_code))) {
    check.Add("details.postal_code", "BAD_POSTAL_CODE", "must be seven digits, or empty");
  }
  check.Text("details.address", details.address, kMaxAddressCharacters, Presence::kRequired);
  if (check.Text("details.phone", details.phone, kMaxPhoneCharacters, Presence::kOptional) &&
      !LooksLikePhone(details.phone)) {
    check.Add("details.phone", "BAD_PHONE", "must be a telephone number of 6 to 20 digits");
  }
  if (check.Text("details.email", details.email, kMaxEmailCharacters, Presence::kRequired) &&
      !LooksLikeEmail(details.email)) {
    check.Add("details.email", "BAD_EMAIL", "must be an e-mail address");
  }
  CheckMeasures(details.measures, check);
  CheckEventDates(details, now, check);
  return check.Take();
}

FieldViolations CheckText(const std::string& field, std::string& text, size_t max_characters) {
  Checker check;
  check.Text(field, text, max_characters, Presence::kRequired);
  return check.Take();
}

}  // namespace oshirase::registry
