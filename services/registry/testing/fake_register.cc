#include "services/registry/testing/fake_register.h"

#include <algorithm>
#include <utility>

#include "common/ids/uuid.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/twin_key.h"

namespace oshirase::registry {

std::vector<OutgoingMail> FakeRegister::QueuedMails() {
  absl::MutexLock lock(&mu);
  return mails;
}

std::vector<IssuedCertificate> FakeRegister::CertificatesOf(const VenueId& id) {
  absl::MutexLock lock(&mu);
  return certificates[id];
}

void FakeRegister::AddApiKey(const std::string& secret, const std::string& email) {
  absl::MutexLock lock(&mu);
  api_keys[HashOf(secret)] = {.business_id = BusinessOf(email),
                              .actor = "api-key/" + ids::NewUuid()};
}

BusinessId FakeRegister::BusinessOf(const std::string& email) {
  Business& business = businesses[EmailKey(email)];
  if (business.id.value.empty()) business = {.id = {ids::NewUuid()}, .email = email};
  return business.id;
}

const Venue* FakeRegister::FindTwin(const BusinessId& business_id, const VenueDetails& details,
                                    const VenueId& but) {
  const Venue* oldest = nullptr;
  for (const auto& [id, venue] : venues) {
    if (venue.business_id != business_id || venue.state == VenueState::kClosed || id == but ||
        TwinKeyOf(venue.details) != TwinKeyOf(details)) {
      continue;
    }
    if (oldest == nullptr ||
        std::tie(venue.create_time, id) < std::tie(oldest->create_time, oldest->id)) {
      oldest = &venue;
    }
  }
  return oldest;
}

absl::Status FakeRegister::CheckPlaces(const BusinessId& business_id,
                                       const std::vector<VenueAddition>& additions) {
  for (const auto& addition : additions) {
    const VenueDetails& details = addition.venue.details;
    if (addition.twins == Twins::kRefused && FindTwin(business_id, details) != nullptr)
      return VenueAlreadyRegistered();
    if (details.parent_venue_id.empty()) continue;
    const auto parent = venues.find({details.parent_venue_id});
    if (parent == venues.end() || parent->second.business_id != business_id ||
        !parent->second.details.parent_venue_id.empty()) {
      return ParentUnfit();
    }
  }
  return absl::OkStatus();
}

absl::Status FakeRegister::CheckPlace(const BusinessId& business_id, const VenueId& id,
                                      const VenueDetails& details) {
  if (FindTwin(business_id, details, id) != nullptr) return VenueAlreadyRegistered();
  return CheckParent(business_id, id, details);
}

absl::Status FakeRegister::CheckParent(const BusinessId& business_id, const VenueId& id,
                                       const VenueDetails& details) {
  if (details.parent_venue_id.empty()) return absl::OkStatus();
  const bool has_rooms = std::any_of(venues.begin(), venues.end(), [&](const auto& each) {
    return each.second.details.parent_venue_id == id.value;
  });
  const auto parent = venues.find({details.parent_venue_id});
  if (has_rooms || parent == venues.end() || parent->first == id ||
      parent->second.business_id != business_id ||
      !parent->second.details.parent_venue_id.empty()) {
    return ParentUnfit();
  }
  return absl::OkStatus();
}

absl::Status FakeRegister::InsertAll(const BusinessId& business_id,
                                     const std::vector<VenueAddition>& additions) {
  for (const auto& addition : additions) {
    if (requests.contains(addition.request_id)) return RequestIdReused();
    if (codes.contains(addition.venue.code))
      return absl::AlreadyExistsError("the venue code is taken");
  }
  for (const auto& addition : additions) {
    Venue venue = addition.venue;
    venue.business_id = business_id;
    registrations[addition.request_id] = venue.id;
    requests[addition.request_id] = venue.id;
    codes[venue.code] = {.venue_id = venue.id};
    certificates[venue.id] = {addition.certificate};
    RecordChange(addition.note, venue.id, venue.create_time);
    venues[venue.id] = std::move(venue);
  }
  return absl::OkStatus();
}

absl::StatusOr<FakeRegister::KeptLink> FakeRegister::UseLink(const TokenHash& token_hash,
                                                             absl::Time now) {
  const auto found = links.find(token_hash);
  if (found == links.end()) return LinkUnknown();
  KeptLink& kept = found->second;
  if (kept.link.use_time.has_value()) return LinkUsed();
  if (kept.link.expire_time <= now) return LinkExpired();
  kept.link.use_time = now;
  return kept;
}

absl::Status FakeRegister::CountMail(const std::string& email, absl::Time now,
                                     const MailLimit& limit) {
  auto& mailbox = mail_requests[EmailKey(email)];
  const auto count = std::count_if(mailbox.begin(), mailbox.end(),
                                   [&](absl::Time time) { return time > limit.since; });
  if (count >= limit.max) return TooManyMails();
  mailbox.push_back(now);
  return absl::OkStatus();
}

OwnVenue FakeRegister::OwnOf(const Venue& venue) {
  OwnVenue own{.venue = venue,
               .certificate = std::nullopt,
               .old_code_end = std::nullopt,
               .inspect_time = std::nullopt};
  if (const auto time = confirmed.find(venue.id); time != confirmed.end())
    own.inspect_time = time->second;
  const auto& all = certificates[venue.id];
  if (!all.empty()) own.certificate = all.back();
  for (const auto& [text, code] : codes) {
    if (code.venue_id != venue.id || code.end == absl::InfiniteFuture()) continue;
    own.old_code_end = std::max(own.old_code_end.value_or(absl::InfinitePast()), code.end);
  }
  return own;
}

void FakeRegister::Queue(const std::vector<OutgoingMail>& more) {
  mails.insert(mails.end(), more.begin(), more.end());
}

void FakeRegister::RecordChange(const AuditNote& note, const VenueId& id, absl::Time time,
                                const std::string& request_id) {
  EntryChange change{.time = time,
                     .actor = HistoryActorOf(note.actor),
                     .action = note.action.substr(note.action.find('.') + 1),
                     .fields = {},
                     .reason = note.reason};
  for (const auto& fact : note.facts) {
    if (fact.key == "fields") change.fields = std::get<std::vector<std::string>>(fact.value);
  }
  if (!request_id.empty()) change_requests[request_id] = {id, change.action};
  changes[id].push_back(std::move(change));
}

absl::StatusOr<bool> FakeRegister::IsRepeated(const AuditNote& note, const VenueId& id,
                                              const std::string& request_id) {
  const auto found = change_requests.find(request_id);
  if (found == change_requests.end()) return false;
  const std::pair same{id, note.action.substr(note.action.find('.') + 1)};
  if (found->second != same) return RequestIdReused();
  return true;
}

absl::Status FakeRegister::CheckIsNext(const IssuedCertificate& certificate) {
  const auto& all = certificates[certificate.venue_id];
  const int newest = all.empty() ? 0 : all.back().version;
  if (newest + 1 != certificate.version) return VenueChanged();
  const bool withdrawn = !all.empty() && all.back().state == CertificateState::kWithdrawn;
  return withdrawn ? VenueChanged() : absl::OkStatus();
}

void FakeRegister::AddCertificate(const IssuedCertificate& certificate) {
  auto& all = certificates[certificate.venue_id];
  if (!all.empty() && all.back().state == CertificateState::kCurrent)
    all.back().state = CertificateState::kSuperseded;
  all.push_back(certificate);
}

void FailureQueue::Push(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

absl::Status FailureQueue::Next() {
  absl::MutexLock lock(&mu_);
  if (failures_.empty()) return absl::OkStatus();
  auto failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

}  // namespace oshirase::registry
