#include "tools/authority/message_text.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace oshirase::authority {
namespace {

using nlohmann::json;

bool IsPlainText(const json& part) {
  return part.is_object() && part.size() == 2 && part.value("type", json()) == "text" &&
         part.contains("text") && part["text"].is_string();
}

std::string PartText(const json& part) {
  if (IsPlainText(part)) return part["text"].get<std::string>();
  return part.dump(2, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
}

}  // namespace

std::string MessageText(const notifier::v1::RenderedMessage& message) {
  auto text = absl::StrCat("── 送る文面 (", message.language(), ") ──\n");
  const auto parts = json::parse(message.line_messages_json(), nullptr, /*allow_exceptions=*/false);
  if (!parts.is_array()) return text + message.line_messages_json();
  for (const auto& part : parts) absl::StrAppend(&text, PartText(part), "\n");
  return text;
}

}  // namespace oshirase::authority
