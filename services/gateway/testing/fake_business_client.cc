#include "services/gateway/testing/fake_business_client.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

// As long as a real one.
std::string NewToken() {
  const std::string bytes = absl::StrCat(ids::NewUuid()).substr(0, 32);
  return absl::WebSafeBase64Escape(bytes);
}

}  // namespace

absl::Status FakeBusinessClient::TakeFailure() { return std::exchange(next_, absl::OkStatus()); }

void FakeBusinessClient::Mail(Link link) {
  const std::string token = NewToken();
  links_[token] = std::move(link);
  mailed_.push_back(token);
}

absl::StatusOr<std::string> FakeBusinessClient::EmailOf(const Credential& credential) {
  const bool session = credential.kind == Credential::Kind::kSession;
  const auto& holders = session ? sessions_ : api_keys_;
  const auto found = holders.find(credential.secret);
  if (found != holders.end()) return found->second;
  return ReasonedError(absl::StatusCode::kUnauthenticated,
                       session ? "SESSION_ENDED" : "API_KEY_UNKNOWN", "nobody holds that");
}

absl::StatusOr<StartedRegistration> FakeBusinessClient::StartRegistration(
    const std::string& request_id, const VenueDetails& details, const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  if (details.name.empty()) {
    return InvalidFields("VENUE_INVALID", {{"details.name", "is empty"}});
  }
  if (registrations_.emplace(request_id, details).second) {
    Mail({{MailedLink::Purpose::kRegistration}, details.email, request_id});
  }
  return StartedRegistration{absl::Now() + absl::Hours(24), "1234-5678"};
}

absl::StatusOr<MailedLink> FakeBusinessClient::CheckLink(const std::string& link_token,
                                                         const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  const auto found = links_.find(link_token);
  if (found == links_.end()) {
    return ReasonedError(absl::StatusCode::kNotFound, "LINK_UNKNOWN", "no such link");
  }
  return found->second.link;
}

absl::StatusOr<OpenedSession> FakeBusinessClient::OpenSession(const std::string& link_token,
                                                              const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  const auto found = links_.find(link_token);
  if (found == links_.end()) {
    return ReasonedError(absl::StatusCode::kNotFound, "LINK_UNKNOWN", "no such link");
  }
  Link& link = found->second;
  if (link.link.state != MailedLink::State::kGood) {
    return ReasonedError(absl::StatusCode::kFailedPrecondition, "LINK_USED", "the link was used");
  }
  link.link.state = MailedLink::State::kUsed;
  OpenedSession session = {.token = NewToken(), .expire_time = absl::Now() + absl::Hours(2)};
  sessions_[session.token] = link.email;
  if (link.link.purpose == MailedLink::Purpose::kRegistration) {
    session.venue_id = Register(registrations_[link.request_id]).venue_id;
  }
  return session;
}

absl::Status FakeBusinessClient::CloseSession(const std::string& session_token,
                                              const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  sessions_.erase(session_token);
  return absl::OkStatus();
}

absl::Status FakeBusinessClient::RequestUpkeepLink(const std::string& email,
                                                   const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  for (const OwnVenue& venue : venues_) {
    if (venue.details.email != email) continue;
    Mail({{MailedLink::Purpose::kUpkeep}, email, ""});
    break;
  }
  return absl::OkStatus();
}

absl::StatusOr<Business> FakeBusinessClient::GetBusiness(const Credential& credential,
                                                         const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(const std::string email, EmailOf(credential));
  Business business = {.business_id = ids::NewUuid(), .email = email};
  for (const OwnVenue& venue : venues_) {
    if (venue.details.email != email) continue;
    business.name = venue.details.business_name;
    ++business.venue_count;
  }
  return business;
}

absl::StatusOr<std::string> FakeBusinessClient::RenderDocument(const Credential& credential,
                                                               const std::string& venue_id,
                                                               Document document,
                                                               const CallContext& call) {
  RETURN_IF_ERROR(GetOwnVenue(credential, venue_id, call).status());
  return absl::StrCat("%PDF-1.7 fake ", static_cast<int>(document));
}

void FakeBusinessClient::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_ = std::move(status);
}

void FakeBusinessClient::ExpireLinks() {
  const absl::MutexLock lock(&mutex_);
  for (auto& [token, link] : links_) {
    if (link.link.state == MailedLink::State::kGood) link.link.state = MailedLink::State::kExpired;
  }
}

void FakeBusinessClient::IssueApiKey(const std::string& api_key, const std::string& email) {
  const absl::MutexLock lock(&mutex_);
  api_keys_[api_key] = email;
}

void FakeBusinessClient::Suspend(const std::string& venue_id) {
  const absl::MutexLock lock(&mutex_);
  for (OwnVenue& venue : venues_) {
    if (venue.venue_id == venue_id) venue.state = OwnVenue::State::kSuspended;
  }
}

void FakeBusinessClient::ForgetCertificate(const std::string& venue_id) {
  const absl::MutexLock lock(&mutex_);
  for (OwnVenue& venue : venues_) {
    if (venue.venue_id == venue_id) venue.certificate.reset();
  }
}

std::vector<OwnVenue> FakeBusinessClient::venues() const {
  const absl::MutexLock lock(&mutex_);
  return venues_;
}

std::map<std::string, VenueDetails> FakeBusinessClient::registrations() const {
  const absl::MutexLock lock(&mutex_);
  return registrations_;
}

std::vector<std::string> FakeBusinessClient::mailed() const {
  const absl::MutexLock lock(&mutex_);
  return mailed_;
}

}  // namespace oshirase::gateway
