#include "services/registry/testing/fake_business_store.h"

#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

absl::StatusOr<absl::Time> FakeBusinessStore::KeepRegistration(const PendingRegistration& pending,
                                                               const NewLink& link,
                                                               const MailLimit& limit) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto earlier = register_.pending.find(pending.request_id);
  if (earlier != register_.pending.end()) return earlier->second;
  RETURN_IF_ERROR(register_.CountMail(link.email, link.create_time, limit));
  register_.pending[pending.request_id] = link.expire_time;
  register_.links[link.token_hash] = {
      .link = {.opens =
                   Link::Registration{.request_id = pending.request_id, .details = pending.details},
               .expire_time = link.expire_time,
               .use_time = std::nullopt},
      .registration_id = pending.request_id};
  register_.Queue({link.mail});
  return link.expire_time;
}

absl::Status FakeBusinessStore::KeepUpkeepLink(const NewLink& link, const MailLimit& limit) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const std::string key = EmailKey(link.email);
  RETURN_IF_ERROR(register_.CountMail(link.email, link.create_time, limit));
  const auto business = register_.businesses.find(key);
  if (business == register_.businesses.end()) return absl::OkStatus();
  register_.links[link.token_hash] = {.link = {.opens = business->second.id,
                                               .expire_time = link.expire_time,
                                               .use_time = std::nullopt},
                                      .registration_id = std::nullopt};
  register_.Queue({link.mail});
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Link>> FakeBusinessStore::FindLink(const TokenHash& token_hash) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = register_.links.find(token_hash);
  if (found == register_.links.end()) return std::nullopt;
  return found->second.link;
}

absl::StatusOr<BusinessId> FakeBusinessStore::UseUpkeepLink(const TokenHash& token_hash,
                                                            const Session& session) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = register_.links.find(token_hash);
  if (found != register_.links.end() && found->second.registration_id.has_value())
    return LinkUnknown();
  ASSIGN_OR_RETURN(const auto used, register_.UseLink(token_hash, session.create_time));
  const auto& id = std::get<BusinessId>(used.link.opens);
  register_.sessions[session.token_hash] = {id, session};
  return id;
}

absl::StatusOr<std::optional<BusinessId>> FakeBusinessStore::FindSession(
    const TokenHash& token_hash, absl::Time now) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = register_.sessions.find(token_hash);
  if (found == register_.sessions.end() || found->second.second.expire_time <= now)
    return std::nullopt;
  return found->second.first;
}

absl::Status FakeBusinessStore::EndSession(const TokenHash& token_hash) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  register_.sessions.erase(token_hash);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Holder>> FakeBusinessStore::FindApiKey(const TokenHash& secret_hash) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = register_.api_keys.find(secret_hash);
  if (found == register_.api_keys.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::optional<Business>> FakeBusinessStore::FindBusiness(const BusinessId& id) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  for (const auto& [key, business] : register_.businesses) {
    if (business.id != id) continue;
    Business found = business;
    const Venue* newest = nullptr;
    for (const auto& [venue_id, venue] : register_.venues) {
      if (venue.business_id != id) continue;
      ++found.venue_count;
      if (newest == nullptr || venue.create_time > newest->create_time) newest = &venue;
    }
    if (newest != nullptr) found.name = newest->details.business_name;
    return found;
  }
  return std::nullopt;
}

absl::Status FakeBusinessStore::Sweep(absl::Time now) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::erase_if(register_.sessions,
                [&](const auto& each) { return each.second.second.expire_time <= now; });
  std::erase_if(register_.links, [&](const auto& each) {
    return each.second.link.expire_time <= now - kLinkMemory;
  });
  for (auto& [hash, kept] : register_.links) {
    auto* const registration = std::get_if<Link::Registration>(&kept.link.opens);
    if (registration != nullptr && kept.link.expire_time <= now) registration->details.reset();
  }
  std::erase_if(register_.pending,
                [&](const auto& each) { return each.second <= now - kLinkMemory; });
  for (auto& [key, requests] : register_.mail_requests)
    std::erase_if(requests, [&](absl::Time time) { return time <= now - absl::Hours(1); });
  return absl::OkStatus();
}

}  // namespace oshirase::registry
