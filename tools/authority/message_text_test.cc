#include "tools/authority/message_text.h"

#include <catch2/catch.hpp>

namespace oshirase::authority {
namespace {

std::string Shown(const std::string& json) {
  notifier::v1::RenderedMessage message;
  message.set_language("ja");
  message.set_line_messages_json(json);
  return MessageText(message);
}

TEST_CASE("plain text is shown as it will be read") {
  CHECK(Shown(R"([{"type":"text","text":"お知らせ\n二行目"}])") ==
        "── 送る文面 (ja) ──\nお知らせ\n二行目\n");
}

TEST_CASE("nothing hides behind a harmless text") {
  const auto flex = Shown(
      R"([{"type":"flex","altText":"お知らせ","contents":{"action":{"uri":"https://evil.example"}}}])");
  CHECK(flex.find("https://evil.example") != std::string::npos);

  const auto sender = Shown(R"([{"type":"text","text":"x","sender":{"name":"県庁"}}])");
  CHECK(sender.find("県庁") != std::string::npos);
}

TEST_CASE("what is no JSON is shown as it is") {
  CHECK(Shown("not json").find("not json") != std::string::npos);
}

}  // namespace
}  // namespace oshirase::authority
