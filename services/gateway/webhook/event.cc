// Reference: https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects
#include "services/gateway/webhook/event.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;

// LINE's events are 6 levels deep. What is deeper is refused unparsed: it could only be an attack
// on a parser's stack.
constexpr int kMaxDepth = 100;

constexpr size_t kMaxEventIdBytes = 64;
constexpr size_t kMaxReplyTokenBytes = 256;

bool IsTooDeep(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

// The member of `object`, or null when there is none or `object` is none.
const Json* Member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

// The text of a member, or "" when there is none or it is something else.
std::string Text(const Json& object, const char* name) {
  const Json* member = Member(object, name);
  return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

std::optional<absl::Time> Timestamp(const Json& event) {
  const Json* member = Member(event, "timestamp");
  // An unsigned number past int64 is no time either.
  if (member == nullptr || !member->is_number_integer()) return std::nullopt;
  if (member->is_number_unsigned() && member->get<uint64_t>() > INT64_MAX) return std::nullopt;
  return absl::FromUnixMillis(member->get<int64_t>());
}

Event Ignored(const char* reason) {
  Event event;
  event.reason = reason;
  return event;
}

// Fills in what all events share, and says what keeps it from being acted on, or "".
const char* ReadCommon(const Json& json, Event& event) {
  const Json* source = Member(json, "source");
  if (source == nullptr || !source->is_object()) return "no_source";
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
  const std::string type = Text(json, "type");
  Event event;
  if (type == "message") {
    const Json* message = Member(json, "message");
    if (message == nullptr || Text(*message, "type") != "text") return Ignored("other_message");
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
  if (IsTooDeep(body)) return absl::InvalidArgumentError("the body is nested too deep");
  const Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return absl::InvalidArgumentError("the body is not JSON");
  if (!json.is_object()) return absl::InvalidArgumentError("the body is not a JSON object");

  Webhook webhook;
  webhook.destination = Text(json, "destination");
  const Json* events = Member(json, "events");
  if (events == nullptr) return webhook;
  if (!events->is_array()) return absl::InvalidArgumentError("the events are not a list");
  webhook.events.reserve(events->size());
  for (const Json& event : *events) webhook.events.push_back(ParseEvent(event));
  return webhook;
}

}  // namespace oshirase::gateway
