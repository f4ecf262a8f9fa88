#include "services/registry/domain/venue_check.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/uuid.h"
#include "services/registry/domain/phone.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

// One character can be arbitrarily many bytes (accents pile up); nobody's name needs more than this
// for each.
constexpr size_t kMaxBytesPerCharacter = 32;

enum class Presence { kOptional, kRequired };

class Checker {
 public:
  // `prefix` stands before every field's name.
  explicit Checker(std::string prefix) : prefix_(std::move(prefix)) {}

  void Add(const std::string& field, const std::string& reason, const std::string& description) {
    violations_.push_back({.field = prefix_ + field, .reason = reason, .description = description});
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
    if (IsInvisible(text)) {
      Add(field, "INVISIBLE", "must hold something that can be seen");
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
  const std::string prefix_;
  FieldViolations violations_;
};

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
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

void CheckMeasureIds(const VenueDetails& details, const catalogue::Industry& industry,
                     Checker& check) {
  std::set<std::string> seen;
  for (size_t i = 0; i < details.measure_ids.size(); ++i) {
    const auto field = absl::StrCat("measure_ids[", i, "]");
    const auto& offered = industry.measures;
    if (std::none_of(offered.begin(), offered.end(),
                     [&](const auto* measure) { return measure->id == details.measure_ids[i]; })) {
      check.Add(field, "UNKNOWN_MEASURE", "must be a measure of the catalogue for this kind");
    } else if (!seen.insert(details.measure_ids[i]).second) {
      check.Add(field, "TWICE", "must not be named twice");
    }
  }
}

void CheckMeasures(VenueDetails& details, const catalogue::Industry* industry, Checker& check) {
  const size_t count = details.measure_ids.size() + details.own_measures.size();
  if (count == 0) check.Add("measures", "REQUIRED", "at least one measure must be declared");
  if (count > kMaxVenueMeasures) {
    check.Add("measures", "TOO_MANY", absl::StrCat("must be at most ", kMaxVenueMeasures));
    return;
  }
  if (industry != nullptr) CheckMeasureIds(details, *industry, check);
  for (size_t i = 0; i < details.own_measures.size(); ++i) {
    check.Text(absl::StrCat("own_measures[", i, "]"), details.own_measures[i],
               kMaxMeasureCharacters, Presence::kRequired);
  }
}

bool IsWholeSeconds(absl::Time time) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(time)) == time;
}

void CheckEventDates(const VenueDetails& details, bool is_event, absl::Time now, Checker& check) {
  if (!is_event) {
    if (details.event_start.has_value())
      check.Add("event_start_time", "NOT_AN_EVENT", "only an event has dates");
    if (details.event_end.has_value())
      check.Add("event_end_time", "NOT_AN_EVENT", "only an event has dates");
    return;
  }
  if (!details.event_start.has_value())
    check.Add("event_start_time", "REQUIRED", "an event needs its start");
  if (!details.event_end.has_value())
    check.Add("event_end_time", "REQUIRED", "an event needs its end");
  if (!details.event_start.has_value() || !details.event_end.has_value()) return;
  if (*details.event_end <= *details.event_start) {
    check.Add("event_end_time", "NOT_AFTER_START", "must be after the start");
  } else if (*details.event_end - *details.event_start > kMaxEventLength) {
    check.Add("event_end_time", "EVENT_TOO_LONG", "must be at most 31 days after the start");
  } else if (*details.event_end <= now) {
    check.Add("event_end_time", "EVENT_OVER", "must not be in the past");
  }
  // Statements and certificates repeat them in whole seconds: with a fraction nobody could be told.
  if (!IsWholeSeconds(*details.event_start))
    check.Add("event_start_time", "NOT_WHOLE_SECONDS", "must be a whole second");
  if (!IsWholeSeconds(*details.event_end))
    check.Add("event_end_time", "NOT_WHOLE_SECONDS", "must be a whole second");
}

void CheckPlace(VenueDetails& details, Checker& check) {
  if (!details.postal_code.empty() &&
      !(details.postal_code.size() == 7 && AllDigits(details.postal_code))) {
    check.Add("postal_code", "BAD_POSTAL_CODE", "must be seven digits, or empty");
  }
  check.Text("municipality", details.municipality, kMaxMunicipalityCharacters, Presence::kOptional);
  if (check.Text("address", details.address, kMaxAddressCharacters, Presence::kRequired) &&
      IsUtf8(details.municipality) &&
      CharacterCount(details.municipality + details.address) > kMaxAddressCharacters) {
    // They stand on one line of the certificate.
    check.Add("address", "TOO_LONG",
              absl::StrCat("with the municipality must be at most ", kMaxAddressCharacters,
                           " characters"));
  }
  if (!details.parent_venue_id.empty() && !ids::ParseUuid(details.parent_venue_id).ok())
    check.Add("parent_venue_id", "NOT_A_UUID", "must be a venue's id, or empty");
}

void CheckEmailText(const std::string& field, std::string& email, Checker& check) {
  if (check.Text(field, email, kMaxEmailCharacters, Presence::kRequired) && !LooksLikeEmail(email))
    check.Add(field, "BAD_EMAIL", "must be an e-mail address");
}

void CheckContact(VenueDetails& details, Checker& check) {
  if (check.Text("phone", details.phone, kMaxPhoneCharacters, Presence::kOptional) &&
      !IsPhoneNumber(details.phone)) {
    check.Add("phone", "BAD_PHONE", "must be a telephone number");
  }
  CheckEmailText("email", details.email, check);
}

}  // namespace

FieldViolations CheckVenueDetails(VenueDetails& details, const DetailsRules& rules) {
  Checker check(rules.prefix);
  check.Text("name", details.name, kMaxNameCharacters, Presence::kRequired);
  check.Text("kana", details.kana, kMaxKanaCharacters, Presence::kOptional);
  check.Text("business_name", details.business_name, kMaxBusinessNameCharacters,
             Presence::kOptional);
  const auto* const industry = rules.catalogue.FindIndustry(details.kind);
  if (industry == nullptr) {
    const bool empty = details.kind.empty();
    check.Add("kind", empty ? "REQUIRED" : "UNKNOWN_KIND",
              empty ? "is required" : "must be one of the kinds of the catalogue");
  }
  CheckPlace(details, check);
  CheckContact(details, check);
  CheckMeasures(details, industry, check);
  CheckEventDates(details, industry != nullptr && industry->has_own_end, rules.now, check);
  return check.Take();
}

FieldViolations CheckEmail(const std::string& field, std::string& email) {
  Checker check("");
  CheckEmailText(field, email, check);
  return check.Take();
}

FieldViolations CheckText(const std::string& field, std::string& text, size_t max_characters) {
  Checker check("");
  check.Text(field, text, max_characters, Presence::kRequired);
  return check.Take();
}

FieldViolations CheckOptionalText(const std::string& field, std::string& text,
                                  size_t max_characters) {
  Checker check("");
  check.Text(field, text, max_characters, Presence::kOptional);
  return check.Take();
}

}  // namespace oshirase::registry
