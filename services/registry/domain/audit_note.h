// What the audit log is told of an action. Stores commit it together with the action itself.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace oshirase::registry {

// One fact about an action. Never a name, an address, a venue code or anything of a visitor.
struct AuditFact {
  std::string key;
  std::variant<std::string, int64_t, bool, std::vector<std::string>> value;

  friend bool operator==(const AuditFact&, const AuditFact&) = default;
};

struct AuditNote {
  std::string actor;    // "officer/<id>", "service/<name>" or "timer"
  std::string action;   // "venue.registered", "release.granted", ...
  std::string subject;  // a venue, officer or case; empty when there is none
  std::vector<AuditFact> facts;
  // Why, in somebody's own words: for the venue's history only. People write names into reasons,
  // and nothing is ever taken out of the log.
  std::string reason = {};

  friend bool operator==(const AuditNote&, const AuditNote&) = default;
};

// `note` of a request that was made before and changes nothing now.
inline AuditNote Repeated(AuditNote note) {
  note.facts.push_back({"repeated", true});
  return note;
}

}  // namespace oshirase::registry
