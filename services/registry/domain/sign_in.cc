#include "services/registry/domain/sign_in.h"

#include <utility>
#include <variant>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/fresh_code.h"
#include "services/registry/domain/new_venue.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {

MailLimit SignIn::Limit(absl::Time now) const {
  return {.max = kMailsPerHour, .since = now - absl::Hours(1)};
}

absl::StatusOr<StartedRegistration> SignIn::StartRegistration(const std::string& request_id,
                                                              VenueDetails details,
                                                              FieldViolations& violations) {
  const absl::Time now = parts_.clock();
  details.drill = false;
  violations = CheckVenueDetails(details, {.catalogue = parts_.catalogue, .now = now});
  // Whose mailbox it is, and so whose rooms there are, is not known yet.
  if (!details.parent_venue_id.empty()) violations.push_back(ParentViolation("details."));
  if (!violations.empty()) return VenueInvalid();

  const Token token = NewToken();
  const absl::Time expire_time = now + kRegistrationLinkLife;
  StartedRegistration started{.link_expire_time = {},
                              .receipt_number = ReceiptNumberOf(request_id)};
  NewLink link{.email = details.email,
               .token_hash = token.hash,
               .create_time = now,
               .expire_time = expire_time,
               .mail = {.to = details.email,
                        .content = ConfirmationMail{.receipt_number = started.receipt_number,
                                                    .link_token = token.text,
                                                    .link_expire_time = expire_time}}};
  ASSIGN_OR_RETURN(
      started.link_expire_time,
      parts_.businesses.KeepRegistration({.request_id = request_id, .details = std::move(details)},
                                         link, Limit(now)));
  return started;
}

absl::StatusOr<LinkStatus> SignIn::CheckLink(const std::string& token) {
  ASSIGN_OR_RETURN(const auto link, parts_.businesses.FindLink(HashOf(token)));
  if (!link.has_value()) return LinkUnknown();
  LinkStatus status{.purpose = std::holds_alternative<BusinessId>(link->opens)
                                   ? LinkPurpose::kUpkeep
                                   : LinkPurpose::kRegistration,
                    .state = LinkState::kGood};
  if (link->use_time.has_value()) {
    status.state = LinkState::kUsed;
  } else if (link->expire_time <= parts_.clock()) {
    status.state = LinkState::kExpired;
  }
  return status;
}

absl::StatusOr<LinkedVenue> SignIn::Register(const Link::Registration& registration,
                                             const TokenHash& token_hash, const Session& session) {
  const absl::Time now = session.create_time;
  // Gone with the first use, or with the registration's time; the store tells which.
  VenueAddition addition{.venue = NewVenue(registration.details.value_or(VenueDetails{}), now),
                         .request_id = registration.request_id,
                         .certificate = {},
                         .note = {}};
  addition.certificate = parts_.certificates.First(addition.venue, now);
  addition.note = RegisteredNote(addition.venue, "");
  return WithFreshCode([&](std::string code) {
    addition.venue.code = std::move(code);
    addition.mails = {MailOf(addition.venue, addition.certificate)};
    return parts_.venues.AddByLink(
        {.token_hash = token_hash, .session = session, .addition = addition});
  });
}

absl::StatusOr<OpenedSession> SignIn::Open(const std::string& token) {
  const TokenHash hash = HashOf(token);
  ASSIGN_OR_RETURN(const auto link, parts_.businesses.FindLink(hash));
  if (!link.has_value()) return LinkUnknown();

  const absl::Time now = parts_.clock();
  Token session_token = NewToken();
  const Session session{
      .token_hash = session_token.hash, .create_time = now, .expire_time = now + kSessionLife};
  OpenedSession opened{.token = std::move(session_token.text), .expire_time = session.expire_time};
  if (const auto* const registration = std::get_if<Link::Registration>(&link->opens)) {
    ASSIGN_OR_RETURN(const auto linked, Register(*registration, hash, session));
    opened.venue_id = linked.venue_id.value;
    opened.already_registered = linked.already_registered;
  } else {
    RETURN_IF_ERROR(parts_.businesses.UseUpkeepLink(hash, session).status());
  }
  return opened;
}

absl::Status SignIn::Close(const std::string& session_token) {
  return parts_.businesses.EndSession(HashOf(session_token));
}

absl::Status SignIn::RequestUpkeepLink(const std::string& email) {
  const absl::Time now = parts_.clock();
  const Token token = NewToken();
  const absl::Time expire_time = now + kUpkeepLinkLife;
  return parts_.businesses.KeepUpkeepLink(
      {.email = email,
       .token_hash = token.hash,
       .create_time = now,
       .expire_time = expire_time,
       .mail = {.to = email,
                .content =
                    UpkeepLinkMail{.link_token = token.text, .link_expire_time = expire_time}}},
      Limit(now));
}

}  // namespace oshirase::registry
