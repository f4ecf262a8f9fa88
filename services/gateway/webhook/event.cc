// Reference: https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects
#include "services/gateway/webhook/event.h"

#include <simdjson.h>

#include <optional>
#include <string>
#include <utility>

namespace oshirase::gateway {
namespace {

using Json = simdjson::dom::element;

// LINE's events are 6 levels deep. What is deeper could only be an attack.
constexpr size_t kMaxDepth = 100;

constexpr size_t kMaxEventIdBytes = 64;
constexpr size_t kMaxReplyTokenBytes = 256;

// `json` with integers of more than 18 digits made reals: the parser refuses a whole body for one
// that does not fit 64 bits, even in a property that nobody reads.
std::string WithLongIntegersAsReals(std::string_view json) {
  std::string result;
  result.reserve(json.size() + 64);
  bool in_string = false;
  bool escaped = false;
  size_t digits = 0;
  for (const char c : json) {
    const bool digit = c >= '0' && c <= '9';
    if (digits > 18 && !digit && c != '.' && c != 'e' && c != 'E') result += "e0";
    digits = digit && !in_string ? digits + 1 : 0;
    if (c == '"' && !escaped) in_string = !in_string;
    escaped = in_string && c == '\\' && !escaped;
    result += c;
  }
  return result;
}

simdjson::error_code Parse(std::string_view body, simdjson::dom::parser& parser, Json& json) {
  const auto error = parser.allocate(body.size(), kMaxDepth);
  if (error != simdjson::SUCCESS) return error;
  return parser.parse(body.data(), body.size()).get(json);
}

// The member of `object`, the last when several bear the name; nothing when there is none or
// `object` is none.
std::optional<Json> Member(const Json& object, std::string_view name) {
  std::optional<Json> found;
  simdjson::dom::object members;
  if (object.get(members) != simdjson::SUCCESS) return found;
  for (const auto& [key, value] : members) {
    if (key == name) found = value;
  }
  return found;
}

// The text of a member, or "" when there is none or it is something else. Lives as long as the
// parser.
std::string_view Text(const Json& object, std::string_view name) {
  std::string_view text;
  const auto member = Member(object, name);
  if (!member || member->get(text) != simdjson::SUCCESS) return "";
  return text;
}

std::optional<absl::Time> Timestamp(const Json& event) {
  const auto member = Member(event, "timestamp");
  int64_t milliseconds = 0;
  // An unsigned number past int64 is no time either.
  if (!member || member->get(milliseconds) != simdjson::SUCCESS) return std::nullopt;
  return absl::FromUnixMillis(milliseconds);
}

Event Ignored(const char* reason) {
  Event event;
  event.reason = reason;
  return event;
}

// Fills in what all events share, and says what keeps it from being acted on, or "".
const char* ReadCommon(const Json& json, Event& event) {
  const auto source = Member(json, "source");
  if (!source || !source->is_object()) return "no_source";
  // A group would read the reply, and with it where one of its members is.
  if (Text(*source, "type") != "user") return "not_one_to_one";
  const auto user_id = ids::ParseLineUserId(Text(*source, "userId"));
  if (!user_id.ok()) return "no_user";
  event.user_id = *user_id;

  const auto time = Timestamp(json);
  if (!time) return "no_timestamp";
  event.time = *time;

  event.event_id = Text(json, "webhookEventId");
  if (event.event_id.empty() || event.event_id.size() > kMaxEventIdBytes) return "no_event_id";

  if (Text(json, "mode") != "standby") event.reply_token = Text(json, "replyToken");
  if (event.reply_token.size() > kMaxReplyTokenBytes) event.reply_token.clear();
  return "";
}

Event ParseEvent(const Json& json) {
  const std::string_view type = Text(json, "type");
  Event event;
  if (type == "message") {
    const auto message = Member(json, "message");
    if (!message || Text(*message, "type") != "text") return Ignored("other_message");
    event.kind = Event::Kind::kText;
    event.text = Text(*message, "text");
  } else if (type == "follow") {
    event.kind = Event::Kind::kFollow;
  } else if (type == "unfollow") {
    event.kind = Event::Kind::kUnfollow;
  } else {
    return Ignored("other_event");
  }
  if (const char* reason = ReadCommon(json, event); *reason != '\0') return Ignored(reason);
  return event;
}

}  // namespace

absl::StatusOr<Webhook> ParseWebhook(std::string_view body) {
  // One for each body: it keeps room for the largest it has seen, and every connection has a
  // thread.
  simdjson::dom::parser parser;
  Json json;
  auto error = Parse(body, parser, json);
  if (error == simdjson::NUMBER_ERROR) {
    error = Parse(WithLongIntegersAsReals(body), parser, json);
  }
  if (error == simdjson::DEPTH_ERROR) {
    return absl::InvalidArgumentError("the body is nested too deep");
  }
  if (error != simdjson::SUCCESS) return absl::InvalidArgumentError("the body is not JSON");
  if (!json.is_object()) return absl::InvalidArgumentError("the body is not a JSON object");

  Webhook webhook;
  webhook.destination = Text(json, "destination");
  const auto events = Member(json, "events");
  if (!events) return webhook;
  simdjson::dom::array list;
  if (events->get(list) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("the events are not a list");
  }
  webhook.events.reserve(list.size());
  for (const Json& event : list) webhook.events.push_back(ParseEvent(event));
  return webhook;
}

}  // namespace oshirase::gateway
