#include "services/notifier/rpc/convert.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/uuid.h"

namespace oshirase::notifier {
namespace {

void SetTime(absl::Time time, google::protobuf::Timestamp* proto) {
  const int64_t micros = absl::ToUnixMicros(time);
  const int64_t seconds = absl::ToUnixSeconds(time);
  proto->set_seconds(seconds);
  proto->set_nanos(static_cast<int32_t>((micros - seconds * 1'000'000) * 1000));
}

v1::Bucket ToProto(Bucket bucket) {
  switch (bucket) {
    case Bucket::k0To9:
      return v1::BUCKET_0_TO_9;
    case Bucket::k10To49:
      return v1::BUCKET_10_TO_49;
    case Bucket::k50To199:
      return v1::BUCKET_50_TO_199;
    case Bucket::k200To999:
      return v1::BUCKET_200_TO_999;
    case Bucket::k1000To4999:
      return v1::BUCKET_1000_TO_4999;
    case Bucket::k5000OrMore:
      return v1::BUCKET_5000_OR_MORE;
  }
  return v1::BUCKET_UNSPECIFIED;
}

v1::CaseState ToProto(CaseState state) {
  switch (state) {
    case CaseState::kSubmitted:
      return v1::CASE_STATE_SUBMITTED;
    case CaseState::kApproved:
      return v1::CASE_STATE_APPROVED;
    case CaseState::kSending:
      return v1::CASE_STATE_SENDING;
    case CaseState::kPaused:
      return v1::CASE_STATE_PAUSED;
    case CaseState::kSent:
      return v1::CASE_STATE_SENT;
    case CaseState::kPartial:
      return v1::CASE_STATE_PARTIAL;
    case CaseState::kCancelled:
      return v1::CASE_STATE_CANCELLED;
    case CaseState::kRejected:
      return v1::CASE_STATE_REJECTED;
    case CaseState::kExpired:
      return v1::CASE_STATE_EXPIRED;
  }
  return v1::CASE_STATE_UNSPECIFIED;
}

void SetCounts(const Case& from, v1::Case* proto) {
  // Before its visits are opened nobody knows how many there are.
  proto->set_recipients(from.release_end_time.has_value()
                            ? ToProto(BucketOf(from.counts.recipients()))
                            : v1::BUCKET_UNSPECIFIED);
  proto->set_accepted(from.counts.accepted);
  proto->set_failed(from.counts.failed);
  proto->set_unknown(from.counts.unknown);
  proto->set_unsent(from.counts.unsent);
  proto->set_suppressed(from.counts.suppressed);
  proto->set_unreadable(from.counts.unreadable);
  proto->set_pending(from.counts.pending);
}

void SetTimes(const Case& from, v1::Case* proto) {
  SetTime(from.submit_time, proto->mutable_submit_time());
  SetTime(from.expire_time, proto->mutable_expire_time());
  if (from.approve_time.has_value()) SetTime(*from.approve_time, proto->mutable_approve_time());
  if (from.sending_start_time.has_value()) {
    SetTime(*from.sending_start_time, proto->mutable_sending_start_time());
  }
  if (from.sending_finish_time.has_value()) {
    SetTime(*from.sending_finish_time, proto->mutable_sending_finish_time());
  }
  if (from.last_accept_time.has_value()) {
    proto->set_seconds_to_notice(absl::ToDoubleSeconds(*from.last_accept_time - from.submit_time));
  }
}

}  // namespace

void ToProto(const Case& from, v1::Case* proto) {
  proto->set_case_id(from.case_id);
  proto->set_case_ref(from.case_ref);
  proto->set_notice_number(from.notice_number);
  proto->set_state(ToProto(from.state));
  proto->set_drill(from.drill);
  proto->set_submitted_by(from.submitted_by);
  for (const std::string& officer_id : from.approved_by) proto->add_approved_by(officer_id);
  proto->set_signatures(from.signatures());
  proto->set_signatures_needed(from.signatures_needed);
  proto->set_pause_reason(from.pause_reason);
  SetTimes(from, proto);
  SetCounts(from, proto);
}

void ToProto(const Message& message, v1::RenderedMessage* proto) {
  proto->set_language(message.language);
  proto->set_line_messages_json(message.line_messages_json);
}

void ToProto(const Preview& preview, v1::PreviewCaseResponse* proto) {
  for (const ExposurePreview& exposure : preview.exposures) {
    auto* part = proto->add_exposures();
    part->set_venue_id(exposure.venue_id.value);
    part->set_visits(ToProto(exposure.visits));
    for (const HourPreview& hour : exposure.hours) {
      auto* hour_proto = part->add_hours();
      SetTime(hour.start_time, hour_proto->mutable_start_time());
      hour_proto->set_visits(ToProto(hour.visits));
    }
  }
  proto->set_visits(ToProto(preview.visits));
  proto->set_signatures_needed(preview.signatures_needed);
}

void ToProto(const audit::ChainEntry& entry, audit::v1::AuditEntry* proto) {
  proto->set_seq(entry.seq);
  SetTime(entry.time, proto->mutable_time());
  proto->set_actor(entry.actor);
  proto->set_action(entry.action);
  proto->set_subject(entry.subject);
  proto->set_detail_json(entry.detail_json);
  proto->set_previous_hash(entry.previous_hash.data(), entry.previous_hash.size());
  proto->set_hash(entry.hash.data(), entry.hash.size());
}

std::optional<CaseState> FromProto(v1::CaseState state) {
  for (const CaseState candidate : kCaseStates) {
    if (ToProto(candidate) == state) return candidate;
  }
  return std::nullopt;
}

std::string PageTokenAfter(const Case& last) {
  return absl::StrCat(absl::ToUnixMicros(last.submit_time), "/", last.case_id);
}

bool ReadPageToken(const std::string& token, CaseQuery& query) {
  if (token.empty()) return true;
  const std::vector<std::string> parts = absl::StrSplit(token, '/');
  int64_t micros = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &micros) || !ids::ParseUuid(parts[1]).ok()) {
    return false;
  }
  query.before_time = absl::FromUnixMicros(micros);
  query.before_id = parts[1];
  return true;
}

}  // namespace oshirase::notifier
