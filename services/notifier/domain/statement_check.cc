#include "services/notifier/domain/statement_check.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/ids/public_number.h"
#include "common/ids/uuid.h"

namespace oshirase::notifier {
namespace {

// LINE takes so many in one call.
constexpr size_t kMaxMessageObjects = 5;

bool IsUuid(const std::string& text) { return ids::ParseUuid(text).ok(); }

bool IsWholeSeconds(absl::Time time) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(time)) == time;
}

// Checks one exposure; appends to `violations` under the name `field`.
class ExposureCheck {
 public:
  ExposureCheck(std::string field, std::vector<FieldViolation>& violations)
      : field_(std::move(field)), violations_(violations) {}

  void Check(const Exposure& exposure, absl::Time now, int retention_days) {
    if (!IsUuid(exposure.venue_id.value)) Add("venue_id", "must be a UUID");
    if (exposure.from >= exposure.to) {
      Add("to_time", "must be after from_time");
    } else if (exposure.to - exposure.from > kLongestWindow) {
      Add("to_time", "must be at most 24 hours after from_time");
    }
    if (exposure.to > now) Add("to_time", "must not be in the future");
    if (!IsWholeSeconds(exposure.from)) Add("from_time", "must be whole seconds");
    if (!IsWholeSeconds(exposure.to)) Add("to_time", "must be whole seconds");
    if (DayOf(exposure.from) < DayOf(now) - retention_days) {
      Add("from_time", "is so long ago that its visits are gone");
    }
    if (exposure.stay < kShortestStay || exposure.stay > kLongestStay) {
      Add("stay_seconds", "must be 60 to 43200");
    }
    if (exposure.linger < absl::ZeroDuration() || exposure.linger > kLongestLinger) {
      Add("linger_seconds", "must be 0 to 10800");
    }
  }

 private:
  void Add(const std::string& name, const std::string& description) {
    violations_.push_back({absl::StrCat(field_, ".", name), description});
  }

  const std::string field_;
  std::vector<FieldViolation>& violations_;
};

bool IsCaseRef(const std::string& text) {
  return !text.empty() && text.size() <= kMaxCaseRefLength &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Whether `json` can be put into a multicast as its messages.
bool IsMessageArray(const std::string& json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  return parsed.is_array() && !parsed.empty() && parsed.size() <= kMaxMessageObjects &&
         std::all_of(parsed.begin(), parsed.end(), [](const auto& m) { return m.is_object(); });
}

const MessageDigest* FindDigest(const Statement& statement, const std::string& language) {
  for (const MessageDigest& digest : statement.message_digests) {
    if (digest.language == language) return &digest;
  }
  return nullptr;
}

}  // namespace

std::vector<FieldViolation> CheckExposures(const std::vector<Exposure>& exposures, absl::Time now,
                                           int retention_days) {
  std::vector<FieldViolation> violations;
  if (exposures.empty()) violations.push_back({"exposures", "must name at least one venue"});
  if (exposures.size() > kMaxExposures) {
    return {{"exposures", absl::StrCat("must be at most ", kMaxExposures)}};
  }
  std::set<VenueId> venues;
  for (size_t i = 0; i < exposures.size(); ++i) {
    ExposureCheck(absl::StrCat("exposures[", i, "]"), violations)
        .Check(exposures[i], now, retention_days);
    venues.insert(exposures[i].venue_id);
  }
  if (venues.size() > kMaxVenues) {
    violations.push_back({"exposures", absl::StrCat("must name at most ", kMaxVenues, " venues")});
  }
  return violations;
}

std::vector<FieldViolation> CheckStatement(const Statement& statement, absl::Time now,
                                           int retention_days) {
  auto violations = CheckExposures(statement.exposures, now, retention_days);
  const auto require = [&](bool holds, const char* field, const char* description) {
    if (!holds) violations.push_back({field, description});
  };
  require(IsUuid(statement.request_id), "request_id", "must be a UUID");
  require(IsCaseRef(statement.case_ref), "case_ref", "must be 1 to 40 printable ASCII characters");
  require(ids::ParsePublicNumber(statement.notice_number).ok(), "notice_number",
          "must be a number from PrepareCase");
  require(!statement.template_name.empty(), "template", "must be set");
  require(statement.template_version >= 1, "template_version", "must be at least 1");
  require(!statement.message_digests.empty(), "message_digests", "must not be empty");
  require(statement.expire_time > now, "expire_time", "must be in the future");
  require(statement.expire_time <= now + kLongestExpiry, "expire_time",
          "must be at most 24 hours ahead");
  require(statement.corrects_case_id.empty() || IsUuid(statement.corrects_case_id),
          "corrects_case_id", "must be empty or a UUID");
  return violations;
}

std::vector<FieldViolation> CheckMessages(const Statement& statement,
                                          const std::vector<Message>& messages) {
  std::vector<FieldViolation> violations;
  size_t total = 0;
  std::set<std::string> languages;
  for (size_t i = 0; i < messages.size(); ++i) {
    const Message& message = messages[i];
    const std::string field = absl::StrCat("messages[", i, "]");
    total += message.line_messages_json.size();
    const MessageDigest* digest = FindDigest(statement, message.language);
    if (!languages.insert(message.language).second || digest == nullptr) {
      violations.push_back({field + ".language", "must be one of the statement's, each once"});
    } else if (digest->sha256 != crypto::Sha256(message.line_messages_json)) {
      violations.push_back({field + ".line_messages_json", "is not what was signed"});
    } else if (!IsMessageArray(message.line_messages_json)) {
      violations.push_back({field + ".line_messages_json", "must be an array of 1 to 5 messages"});
    }
  }
  if (languages.size() != statement.message_digests.size()) {
    violations.push_back({"messages", "must hold one message per signed digest"});
  }
  if (total > kMaxMessageBytes) violations.push_back({"messages", "must be at most 64 KiB"});
  return violations;
}

bool MatchDigests(const Statement& statement, const std::vector<Message>& messages) {
  return CheckMessages(statement, messages).empty();
}

int SignaturesNeeded(const std::vector<Exposure>& exposures, int64_t visits) {
  std::map<VenueId, absl::Duration> windows;
  for (const Exposure& exposure : exposures) {
    windows[exposure.venue_id] += exposure.to - exposure.from;
  }
  const bool long_window = std::any_of(windows.begin(), windows.end(), [](const auto& window) {
    return window.second > kWindowOfTwoOfficers;
  });
  const bool third =
      long_window || windows.size() > kVenuesOfTwoOfficers || visits > kVisitsOfTwoOfficers;
  return third ? 3 : 2;
}

}  // namespace oshirase::notifier
