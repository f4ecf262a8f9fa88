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
  ASSIGN_OR_RETURN(const Chosen chosen, Choose(prepared.template_name, request.drill));
  prepared.template_version = chosen.front()->version;
  std::vector<std::string> venue_names;
  if (request.name_venues) {
    ASSIGN_OR_RETURN(venue_names, VenueNames(request.exposures));
  }
  ASSIGN_OR_RETURN(prepared.notice_number, ReserveNoticeNumber());
  prepared.messages = Render(chosen, prepared.notice_number, venue_names);
  for (const Message& message : prepared.messages) RETURN_IF_ERROR(Validate(message));
  return prepared;
}

absl::Status CasePreparer::CheckRendered(const Statement& statement,
                                         const std::vector<Message>& messages) {
  ASSIGN_OR_RETURN(const Chosen chosen, Choose(statement.template_name, statement.drill));
  if (chosen.front()->version != statement.template_version) return MessagesNotRendered();
  if (messages == Render(chosen, statement.notice_number, {})) return absl::OkStatus();
  // A statement does not say whether its messages name the venues.
  const auto venue_names = VenueNames(statement.exposures);
  if (absl::IsUnavailable(venue_names.status())) return venue_names.status();
  const bool named =
      venue_names.ok() && messages == Render(chosen, statement.notice_number, *venue_names);
  return named ? absl::OkStatus() : MessagesNotRendered();
}

absl::StatusOr<CasePreparer::Chosen> CasePreparer::Choose(const std::string& name,
                                                          bool drill) const {
  Chosen chosen;
  for (const MessageTemplate& candidate : templates_) {
    if (candidate.name == name && candidate.drill == drill) chosen.push_back(&candidate);
  }
  if (chosen.empty()) return TemplateNotFound();
  return chosen;
}

std::vector<Message> CasePreparer::Render(const Chosen& chosen, const std::string& notice_number,
                                          const std::vector<std::string>& venue_names) const {
  const MessageFacts facts{.prefecture = options_.prefecture,
                           .consultation_phone = options_.consultation_phone,
                           .public_url = options_.public_url,
                           .notice_number = notice_number,
                           .venue_names = venue_names};
  std::vector<Message> messages;
  messages.reserve(chosen.size());
  for (const MessageTemplate* each : chosen) messages.push_back(RenderMessage(*each, facts));
  return messages;
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

absl::StatusOr<std::vector<std::string>> CasePreparer::VenueNames(
    const std::vector<Exposure>& exposures) {
  std::vector<std::string> names;
  const auto wanted = VenuesOf(exposures);
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
