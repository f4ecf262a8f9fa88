#include "services/notifier/testing/fake_database.h"

#include <algorithm>

namespace oshirase::notifier {

Case FakeDatabase::Summary(const CaseRow& row) {
  Case summary = row.file.summary;
  summary.counts = {.suppressed = row.suppressed_planned + row.suppressed_later,
                    .unreadable = summary.counts.unreadable};
  summary.approved_by.clear();
  for (const OfficerSignature& signature : row.file.signatures) {
    if (signature.role == crypto::SignatureRole::kApprove) {
      summary.approved_by.push_back(signature.officer_id);
    }
  }
  for (const auto& [id, batch] : batches) {
    if (batch.case_id != summary.case_id) continue;
    const int people = batch.content.people;
    switch (batch.state) {
      case BatchState::kPlanned:
      case BatchState::kSending:
        summary.counts.pending += people;
        break;
      case BatchState::kAccepted:
        summary.counts.accepted += people;
        summary.last_accept_time =
            std::max(summary.last_accept_time.value_or(absl::InfinitePast()), *batch.settle_time);
        break;
      case BatchState::kRejected:
        summary.counts.failed += people;
        break;
      case BatchState::kUnknown:
        summary.counts.unknown += people;
        break;
      case BatchState::kUnsent:
      case BatchState::kCancelled:
        summary.counts.unsent += people;
        break;
      case BatchState::kSplit:
        break;
    }
    if (batch.start_time.has_value()) {
      summary.sending_start_time =
          std::min(summary.sending_start_time.value_or(absl::InfiniteFuture()), *batch.start_time);
    }
  }
  return summary;
}

}  // namespace oshirase::notifier
