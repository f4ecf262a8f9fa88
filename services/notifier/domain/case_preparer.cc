#include "services/notifier/domain/case_preparer.h"

#include <algorithm>
#include <utility>

#include "common/ids/public_number.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

constexpr char kDefaultTemplate[] = "inform";
// Two numbers agree once in 2^59; the database notices, and the next draw is another.
constexpr int kDraws = 3;

std::vector<VenueId> VenuesOf(const std::vector<Exposure>& exposures) {
  std::vector<VenueId> venues;
  for (const Exposure& exposure : exposures) {
    if (std::find(venues.begin(), venues.end(), exposure.venue_id) == venues.end()) {
      venues.push_back(exposure.venue_id);
    }
  }
  return venues;
}

}  // namespace

CasePreparer::CasePreparer(Parts parts, PreparerOptions options)
    : parts_(std::move(parts)), options_(std::move(options)), templates_(BuiltInTemplates()) {}

absl::StatusOr<PreparedCase> CasePreparer::Prepare(const PrepareRequest& request) {
  RETURN_IF_ERROR(Check(request));
  PreparedCase prepared;
  prepared.template_name = request.template_name.empty() ? kDefaultTemplate : request.template_name;
  std::vector<const MessageTemplate*> chosen;
  for (const MessageTemplate& candidate : templates_) {
    if (candidate.name == prepared.template_name && candidate.drill == request.drill) {
      chosen.push_back(&candidate);
    }
  }
  if (chosen.empty()) return TemplateNotFound();
  prepared.template_version = chosen.front()->version;
  ASSIGN_OR_RETURN(auto venue_names, VenueNames(request));
  ASSIGN_OR_RETURN(prepared.notice_number, ReserveNoticeNumber());
  const MessageFacts facts{.prefecture = options_.prefecture,
                           .consultation_phone = options_.consultation_phone,
                           .public_url = options_.public_url,
                           .notice_number = prepared.notice_number,
                           .venue_names = std::move(venue_names)};
  for (const MessageTemplate* message_template : chosen) {
    prepared.messages.push_back(RenderMessage(*message_template, facts));
    RETURN_IF_ERROR(Validate(prepared.messages.back()));
  }
  return prepared;
}

absl::Status CasePreparer::Check(const PrepareRequest& request) {
  const auto violations =
      CheckExposures(request.exposures, parts_.clock(), options_.retention_days);
  if (!violations.empty()) return CaseInvalid(violations);
  if (!request.corrects_case_id.empty()) {
    RETURN_IF_ERROR(parts_.cases.Get(request.corrects_case_id).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> CasePreparer::VenueNames(const PrepareRequest& request) {
  std::vector<std::string> names;
  if (!request.name_venues) return names;
  const auto wanted = VenuesOf(request.exposures);
  ASSIGN_OR_RETURN(const auto venues, parts_.registry.GetVenues(wanted));
  for (const VenueId& id : wanted) {
    const auto venue = std::find_if(venues.begin(), venues.end(),
                                    [&](const NamedVenue& v) { return v.venue_id == id; });
    if (venue == venues.end()) return CaseInvalid({{"exposures", "name a venue nobody knows"}});
    if (!venue->name_consent) return NameWithoutConsent();
    names.push_back(venue->name);
  }
  return names;
}

absl::StatusOr<std::string> CasePreparer::ReserveNoticeNumber() {
  absl::Status status;
  for (int draw = 0; draw < kDraws; ++draw) {
    const std::string number = ids::NewPublicNumber().value;
    status = parts_.cases.ReserveNoticeNumber(number, parts_.clock());
    if (status.ok()) return number;
    if (!absl::IsAlreadyExists(status)) break;
  }
  return status;
}

absl::Status CasePreparer::Validate(const Message& message) {
  const LineAnswer answer =
      parts_.line.ValidateMulticast("{\"messages\":" + message.line_messages_json + "}");
  if (answer.kind != LineAnswer::Kind::kAnswered) return LineUnavailable();
  if (answer.status == 200) return absl::OkStatus();
  if (answer.status == 400 || answer.status == 413) return MessageRefused(answer.message);
  return LineUnavailable();
}

}  // namespace oshirase::notifier
