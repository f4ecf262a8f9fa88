// What FakeBusinessClient does with venues.
#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "google/rpc/error_details.pb.h"
#include "services/gateway/testing/fake_business_client.h"

namespace oshirase::gateway {
namespace {

absl::Status NotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "VENUE_NOT_FOUND", "no such venue");
}

absl::Status AlreadyRegistered() {
  google::rpc::BadRequest details;
  auto* violation = details.add_field_violations();
  violation->set_field("details.name");
  violation->set_reason("ALREADY_REGISTERED");
  absl::Status status =
      ReasonedError(absl::StatusCode::kInvalidArgument, "VENUE_INVALID", "is there already");
  status.SetPayload("type.googleapis.com/google.rpc.BadRequest",
                    absl::Cord(details.SerializeAsString()));
  return status;
}

// What the sheet at the door shows of details.
auto OnSheet(const VenueDetails& details) {
  return std::tie(details.name, details.kind, details.municipality, details.address,
                  details.measure_ids, details.own_measures, details.event_start,
                  details.event_end);
}

// The certificate after `before`, if any.
OwnCertificate Issue(const VenueDetails& details, const std::optional<OwnCertificate>& before) {
  OwnCertificate certificate = {.number = ids::NewPublicNumber(),
                                .version = before ? before->version + 1 : 1,
                                .issue_time = absl::Now()};
  const auto add = [&](const std::string& id, const std::string& text) {
    const auto same = [&](const DeclaredMeasure& other) {
      return other.measure_id == id && other.text == text;
    };
    const bool is_new =
        before && std::none_of(before->measures.begin(), before->measures.end(), same);
    certificate.measures.push_back({id, text, is_new});
  };
  for (const std::string& id : details.measure_ids) add(id, absl::StrCat("対策 ", id));
  for (const std::string& text : details.own_measures) add("", text);
  return certificate;
}

constexpr size_t kPageSize = 20;

}  // namespace

const OwnVenue& FakeBusinessClient::Register(const VenueDetails& details) {
  venues_.push_back({.venue_id = ids::NewUuid(),
                     .code = ids::NewVenueCode(),
                     .details = details,
                     .revision = 1,
                     .certificate = Issue(details, std::nullopt)});
  return venues_.back();
}

absl::StatusOr<OwnVenuePage> FakeBusinessClient::ListOwnVenues(const Credential& credential,
                                                               const std::string& page_token,
                                                               const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(const std::string email, EmailOf(credential));
  size_t skip = 0;
  if (!page_token.empty() && !absl::SimpleAtoi(page_token, &skip)) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID", "no page");
  }
  OwnVenuePage page;
  size_t seen = 0;
  for (auto venue = venues_.rbegin(); venue != venues_.rend(); ++venue) {
    if (venue->details.email != email || seen++ < skip) continue;
    if (page.venues.size() == kPageSize) {
      page.next_page_token = absl::StrCat(skip + kPageSize);
      break;
    }
    page.venues.push_back(*venue);
  }
  return page;
}

absl::StatusOr<OwnVenue*> FakeBusinessClient::Find(const Credential& credential,
                                                   const std::string& venue_id) {
  ASSIGN_OR_RETURN(const std::string email, EmailOf(credential));
  for (OwnVenue& venue : venues_) {
    if (venue.venue_id == venue_id && venue.details.email == email) return &venue;
  }
  return NotFound();
}

absl::StatusOr<OwnVenue> FakeBusinessClient::GetOwnVenue(const Credential& credential,
                                                         const std::string& venue_id,
                                                         const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(const OwnVenue* venue, Find(credential, venue_id));
  return *venue;
}

absl::StatusOr<OwnVenue> FakeBusinessClient::AddVenue(const Credential& credential,
                                                      const std::string& request_id,
                                                      const VenueDetails& details,
                                                      const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(const std::string email, EmailOf(credential));
  if (const auto found = added_.find(request_id); found != added_.end()) return found->second;
  for (const OwnVenue& venue : venues_) {
    const VenueDetails& other = venue.details;
    if (other.email == email && other.name == details.name && other.address == details.address &&
        other.parent_venue_id == details.parent_venue_id) {
      return AlreadyRegistered();
    }
  }
  VenueDetails added = details;
  added.email = email;
  return added_[request_id] = Register(added);
}

absl::StatusOr<ChangedVenue> FakeBusinessClient::UpdateVenue(const Credential& credential,
                                                             const VenueChange& change,
                                                             const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(OwnVenue* const venue, Find(credential, change.venue_id));
  const auto found = changed_.find(change.request_id);
  if (found != changed_.end()) return found->second;
  if (venue->revision != change.revision) {
    return ReasonedError(absl::StatusCode::kAborted, "VENUE_CHANGED", "the venue was changed");
  }
  VenueDetails details = change.details;
  details.email = venue->details.email;
  const bool issue = OnSheet(details) != OnSheet(venue->details);
  if (issue) venue->certificate = Issue(details, venue->certificate);
  venue->details = std::move(details);
  ++venue->revision;
  return changed_[change.request_id] = {*venue, issue};
}

absl::StatusOr<OwnVenue> FakeBusinessClient::ReplaceCode(const Credential& credential,
                                                         const CodeReplacement& replacement,
                                                         const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(OwnVenue* const venue, Find(credential, replacement.venue_id));
  const auto found = replaced_.find(replacement.request_id);
  if (found != replaced_.end()) return found->second;
  venue->code = ids::NewVenueCode();
  venue->old_code_end.reset();
  if (replacement.grace > absl::ZeroDuration())
    venue->old_code_end = absl::Now() + replacement.grace;
  return replaced_[replacement.request_id] = *venue;
}

absl::StatusOr<OwnVenue> FakeBusinessClient::SetVenueOpen(const Credential& credential,
                                                          const std::string& venue_id, bool open,
                                                          const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(OwnVenue* const venue, Find(credential, venue_id));
  if (venue->state == OwnVenue::State::kSuspended) {
    return ReasonedError(absl::StatusCode::kFailedPrecondition, "VENUE_SUSPENDED", "suspended");
  }
  venue->state = open ? OwnVenue::State::kOpen : OwnVenue::State::kClosed;
  return *venue;
}

}  // namespace oshirase::gateway
