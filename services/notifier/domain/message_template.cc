#include "services/notifier/domain/message_template.h"

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/ids/public_number.h"

namespace oshirase::notifier {
namespace {

constexpr char kVenuesPlaceholder[] = "{{venues}}";

// The text without the lines that would name venues.
std::string WithoutVenueLines(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  std::erase_if(
      lines, [](const std::string& line) { return absl::StrContains(line, kVenuesPlaceholder); });
  return absl::StrJoin(lines, "\n");
}

std::string TextOf(const MessageTemplate& message_template, const MessageFacts& facts) {
  const std::string text =
      facts.venue_names.empty() ? WithoutVenueLines(message_template.text) : message_template.text;
  const std::string number = ids::FormatPublicNumber({facts.notice_number});
  const std::string url = facts.public_url + "/notices/" + facts.notice_number;
  // One pass: a venue called "{{phone}}" stays a venue called "{{phone}}".
  return absl::StrReplaceAll(text, {{"{{prefecture}}", facts.prefecture},
                                    {"{{phone}}", facts.consultation_phone},
                                    {"{{notice_number}}", number},
                                    {"{{notice_url}}", url},
                                    {kVenuesPlaceholder, absl::StrJoin(facts.venue_names, "、")}});
}

}  // namespace

Message RenderMessage(const MessageTemplate& message_template, const MessageFacts& facts) {
  const nlohmann::json messages = {
      {{"type", "text"}, {"text", TextOf(message_template, facts)}},
  };
  return {message_template.language,
          messages.dump(-1, ' ', /*ensure_ascii=*/false, nlohmann::json::error_handler_t::replace)};
}

}  // namespace oshirase::notifier
