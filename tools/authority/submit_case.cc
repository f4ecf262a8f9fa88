#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "common/time/japan_time.h"
#include "tools/authority/commands.h"
#include "tools/authority/files.h"
#include "tools/authority/interview_sheet.h"
#include "tools/authority/message_text.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/venue_search.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;
namespace nv1 = notifier::v1;

constexpr absl::Duration kUsualLinger = absl::Minutes(30);

// Short of the 24 hours that are allowed, so that clocks may differ.
constexpr absl::Duration kValidFor = absl::Hours(23);

absl::StatusOr<std::vector<Stop>> ReadAllStops(const SubmitOptions& options) {
  if (options.csv.empty()) return ReadStops(options.at);
  ASSIGN_OR_RETURN(const auto content, ReadInput(options.csv, kMaxSheetBytes));
  return ReadSheet(content);
}

// The duration of an option, or `usual` when it was not given.
absl::StatusOr<absl::Duration> ReadDuration(const std::string& name, const std::string& text,
                                            absl::Duration usual) {
  if (text.empty()) return usual;
  absl::Duration duration;
  if (!absl::ParseDuration(text, &duration) || duration < absl::ZeroDuration()) {
    return WrongUse(absl::StrCat(name, " は 30m や 2h の形で書いてください"));
  }
  return duration;
}

absl::StatusOr<rv1::Exposure> MakeExposure(const Stop& stop, const rv1::Venue& venue,
                                           const SubmitOptions& options) {
  ASSIGN_OR_RETURN(const auto linger, ReadDuration("--linger", options.linger, kUsualLinger));
  ASSIGN_OR_RETURN(const auto stay,
                   ReadDuration("--stay", options.stay, absl::Seconds(venue.stay().seconds())));
  rv1::Exposure exposure;
  exposure.set_venue_id(venue.venue_id());
  exposure.mutable_from_time()->set_seconds(absl::ToUnixSeconds(stop.from));
  exposure.mutable_to_time()->set_seconds(absl::ToUnixSeconds(stop.to));
  exposure.set_stay_seconds(static_cast<int32_t>(absl::ToInt64Seconds(stay)));
  exposure.set_linger_seconds(static_cast<int32_t>(absl::ToInt64Seconds(linger)));
  if (venue.details().has_event_end_time()) {
    *exposure.mutable_event_end_time() = venue.details().event_end_time();
  }
  return exposure;
}

// What is signed, filled from what the notifier rendered and from nothing else of its making.
rv1::Statement MakeStatement(const nv1::PrepareCaseRequest& asked,
                             const nv1::PrepareCaseResponse& prepared) {
  rv1::Statement statement;
  statement.set_request_id(ids::NewUuid());
  statement.set_notice_number(prepared.notice_number());
  statement.set_drill(asked.drill());
  *statement.mutable_exposures() = asked.exposures();
  statement.set_template_(prepared.template_());
  statement.set_template_version(prepared.template_version());
  for (const auto& message : prepared.messages()) {
    const auto digest = crypto::Sha256(message.line_messages_json());
    auto* proto = statement.add_message_digests();
    proto->set_language(message.language());
    proto->set_sha256(digest.data(), digest.size());
  }
  return statement;
}

}  // namespace

absl::Status SubmitCase(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto stops, ReadAllStops(options.submit));
  if (stops.empty()) return WrongUse("場所と時間を --at か --csv で指定してください");
  ASSIGN_OR_RETURN(const auto venues, Resolve(session, stops));

  nv1::PrepareCaseRequest prepare;
  prepare.set_template_(options.submit.template_name);
  prepare.set_drill(options.submit.drill);
  prepare.set_name_venues(options.submit.name_venues);
  for (size_t i = 0; i < stops.size(); ++i) {
    ASSIGN_OR_RETURN(*prepare.add_exposures(), MakeExposure(stops[i], venues[i], options.submit));
  }
  ASSIGN_OR_RETURN(
      const auto prepared,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::PrepareCase, prepare));
  for (const auto& message : prepared.messages()) Tell(MessageText(message));

  auto statement = MakeStatement(prepare, prepared);
  statement.set_case_ref(options.submit.case_ref);
  statement.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(session.Now() + kValidFor));
  nv1::SubmitCaseRequest submit;
  // The one and only serialisation: from here on these bytes are what everybody means.
  submit.set_statement(statement.SerializeAsString());
  *submit.mutable_signature() = session.Sign(rv1::SIGNATURE_ROLE_SUBMIT, submit.statement());
  *submit.mutable_messages() = prepared.messages();
  ASSIGN_OR_RETURN(
      const auto submitted,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::SubmitCase, submit));
  Tell("入力しました。別の担当職員の承認を待っています。");
  Print(options, Dump(ToJson(submitted.case_())), submitted.case_().case_id());
  return absl::OkStatus();
}

}  // namespace oshirase::authority
