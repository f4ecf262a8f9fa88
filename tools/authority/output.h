// What an officer reads: data as JSON or as plain lines on stdout, everything else on stderr.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <nlohmann/json.hpp>
#include <string>

#include "oshirase/audit/v1/audit_entry.pb.h"
#include "oshirase/notifier/v1/notifier_service.pb.h"
#include "oshirase/registry/v1/registry_service.pb.h"

namespace oshirase::authority {

// "2020-06-01T19:00:00+09:00", or null when unset (0).
nlohmann::json TimeJson(const google::protobuf::Timestamp& time);

// "6月1日 19:00"-like text for people: "2020-06-01T19:00", or "-" when unset.
std::string TimeText(const google::protobuf::Timestamp& time);

nlohmann::json ToJson(const registry::v1::Venue& venue);
nlohmann::json ToJson(const notifier::v1::Case& c);
nlohmann::json ToJson(const notifier::v1::PreviewCaseResponse& preview);
nlohmann::json ToJson(const audit::v1::AuditEntry& entry, const std::string& chain);
nlohmann::json ToJson(const registry::v1::Officer& officer);

// "SENT".
std::string StateName(notifier::v1::CaseState state);
// The state by its name, or CASE_STATE_UNSPECIFIED.
notifier::v1::CaseState StateOfName(const std::string& name);
// "10-49".
std::string BucketText(notifier::v1::Bucket bucket);
// "submit", or "" for no role.
std::string RoleText(registry::v1::OfficerRole role);
registry::v1::OfficerRole RoleOfText(const std::string& text);

// The lines of one case for people.
std::string Describe(const notifier::v1::Case& c);

// A line of JSON that is valid whatever bytes the texts hold, and fit for a terminal: characters
// that could control it are escaped.
std::string Dump(const nlohmann::json& json);

}  // namespace oshirase::authority
