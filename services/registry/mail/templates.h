// The templates, compiled into the program so that it is one file to ship.
#pragma once

#include <span>
#include <string_view>

namespace oshirase::registry {

struct MailTemplate {
  std::string_view name;  // "upkeep_link.txt"
  std::string_view content;
};

// Generated when CMake runs, from templates/.
std::span<const MailTemplate> MailTemplates();

// The content of a template; "" when there is none of that name.
inline std::string_view FindMailTemplate(std::string_view name) {
  for (const MailTemplate& each : MailTemplates()) {
    if (each.name == name) return each.content;
  }
  return "";
}

}  // namespace oshirase::registry
