// What the audit log is told of. Handed to the store together with the action, so that both are
// committed or neither. Never holds a LINE user id or anything that leads to one.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace oshirase::notifier {

struct AuditEvent {
  std::string actor;    // "officer/<id>", "service/<name>", or "timer"
  std::string action;   // "case.submitted"; refusals end in ".refused"
  std::string subject;  // a case or a day; "" when there is none
  nlohmann::json detail = nlohmann::json::object();
};

// The actor when the notifier acts by itself.
inline constexpr char kTimerActor[] = "timer";

inline std::string OfficerActor(const std::string& officer_id) { return "officer/" + officer_id; }

}  // namespace oshirase::notifier
