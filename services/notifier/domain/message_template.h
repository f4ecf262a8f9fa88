// The texts of notices. Who speaks, that it does not mean being infected, what to do, whom to call,
// not to publish the venue, and a number that can be checked.
#pragma once

#include <string>
#include <vector>

#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

// A template in one language. Placeholders are {{prefecture}}, {{phone}}, {{notice_number}},
// {{notice_url}} and {{venues}}; a line that names {{venues}} is left out when none is named.
struct MessageTemplate {
  std::string name;      // "inform"
  bool drill = false;    // real and drill texts differ by more than a word
  std::string language;  // BCP 47
  int version = 1;
  std::string text;
};

// The templates compiled in from assets/templates.
std::vector<MessageTemplate> BuiltInTemplates();

// What a message says besides its template.
struct MessageFacts {
  std::string prefecture;
  std::string consultation_phone;
  std::string public_url;  // without a trailing slash
  std::string notice_number;
  std::vector<std::string> venue_names;  // only with consent; empty to name none
};

// The finished message: a JSON array of one LINE text message, at most 5,000 UTF-16 units (LINE's
// limit; what is longer is a mistake in a template and would be refused by LINE's validation). Text
// from outside becomes JSON strings and nothing else.
Message RenderMessage(const MessageTemplate& message_template, const MessageFacts& facts);

}  // namespace oshirase::notifier
