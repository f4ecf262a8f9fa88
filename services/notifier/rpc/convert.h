// Cases, previews and audit entries in the form of the wire.
#pragma once

#include <optional>
#include <string>

#include "common/audit/entry.h"
#include "oshirase/audit/v1/audit_entry.pb.h"
#include "oshirase/notifier/v1/notifier_service.pb.h"
#include "services/notifier/domain/case.h"
#include "services/notifier/domain/case_previewer.h"
#include "services/notifier/domain/case_store.h"

namespace oshirase::notifier {

void ToProto(const Case& from, v1::Case* proto);
void ToProto(const Message& message, v1::RenderedMessage* proto);
void ToProto(const Preview& preview, v1::PreviewCaseResponse* proto);
void ToProto(const audit::ChainEntry& entry, audit::v1::AuditEntry* proto);

// The state to list, or nothing for all. A number that is no state counts as all.
std::optional<CaseState> FromProto(v1::CaseState state);

// Page tokens of ListCases: where the next page begins. "" is the first page.
std::string PageTokenAfter(const Case& last);
// Fills where `query` begins; false when `token` is not one of ours.
bool ReadPageToken(const std::string& token, CaseQuery& query);

}  // namespace oshirase::notifier
