#include "services/notifier/testing/fake_neighbours.h"

#include <algorithm>
#include <utility>

#include "common/crypto/outer_keys.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

constexpr int kHoursOfDay = 24;
// Small, so that tests see more than one page.
constexpr size_t kPage = 7;

bool Covers(const VenueDayHours& part, const SealedVisit& visit) {
  return part.venue_id == visit.venue_id && part.day == visit.day &&
         (part.hours & (1U << static_cast<unsigned>(visit.hour))) != 0;
}

}  // namespace

void Failures::Add(absl::Status status) {
  absl::MutexLock lock(&mu_);
  queue_.push_back(std::move(status));
}

absl::Status Failures::Next() {
  absl::MutexLock lock(&mu_);
  if (queue_.empty()) return absl::OkStatus();
  absl::Status next = queue_.front();
  queue_.pop_front();
  return next;
}

void FakeRegistry::Enrol(Officer officer) {
  absl::MutexLock lock(&mu_);
  officers_[officer.officer_id] = std::move(officer);
}

void FakeRegistry::AddVenue(NamedVenue venue) {
  absl::MutexLock lock(&mu_);
  std::erase_if(venues_, [&](const NamedVenue& v) { return v.venue_id == venue.venue_id; });
  venues_.push_back(std::move(venue));
}

void FakeRegistry::SetReleaseEnd(absl::Time time) {
  absl::MutexLock lock(&mu_);
  release_end_ = time;
}

const crypto::SecretKey& FakeRegistry::Seed(Day day) {
  absl::MutexLock lock(&mu_);
  const auto found = seeds_.find(day);
  if (found != seeds_.end()) return found->second;
  return seeds_.emplace(day, crypto::SecretKey::Random()).first->second;
}

std::vector<ReleaseRequest> FakeRegistry::releases() {
  absl::MutexLock lock(&mu_);
  return releases_;
}

std::vector<crypto::Digest> FakeRegistry::voids() {
  absl::MutexLock lock(&mu_);
  return voids_;
}

absl::StatusOr<Officer> FakeRegistry::GetOfficer(const std::string& officer_id) {
  RETURN_IF_ERROR(failures_.Next());
  absl::MutexLock lock(&mu_);
  const auto found = officers_.find(officer_id);
  if (found == officers_.end()) {
    return ReasonedError(absl::StatusCode::kNotFound, "OFFICER_NOT_FOUND", "no such officer");
  }
  return found->second;
}

absl::StatusOr<std::vector<NamedVenue>> FakeRegistry::GetVenues(const std::vector<VenueId>& ids) {
  RETURN_IF_ERROR(failures_.Next());
  absl::MutexLock lock(&mu_);
  std::vector<NamedVenue> found;
  for (const NamedVenue& venue : venues_) {
    if (std::find(ids.begin(), ids.end(), venue.venue_id) != ids.end()) found.push_back(venue);
  }
  return found;
}

absl::StatusOr<Release> FakeRegistry::ReleaseOuterKeys(const ReleaseRequest& request) {
  RETURN_IF_ERROR(failures_.Next());
  ASSIGN_OR_RETURN(const Statement statement, read_(request.statement));
  Release release;
  for (const VenueDayHours& part : HoursToOpen(statement.exposures)) {
    const auto venue = ids::ParseUuid(part.venue_id.value);
    for (int hour = 0; hour < kHoursOfDay; ++hour) {
      if ((part.hours & (1U << static_cast<unsigned>(hour))) == 0) continue;
      auto pair = crypto::DeriveOuterKeyPair(Seed(part.day), {part.day, *venue, hour});
      release.hours.push_back({part.venue_id, part.day, hour, std::move(pair.private_key)});
    }
  }
  absl::MutexLock lock(&mu_);
  release.end_time = release_end_;
  releases_.push_back(request);
  return release;
}

absl::Status FakeRegistry::VoidStatement(const crypto::Digest& statement,
                                         const OfficerSignature& /*signature*/) {
  RETURN_IF_ERROR(failures_.Next());
  absl::MutexLock lock(&mu_);
  voids_.push_back(statement);
  return absl::OkStatus();
}

void FakeCheckin::BreakStreamAfter(int pages) {
  absl::MutexLock lock(&mu_);
  break_after_ = pages;
}

void FakeCheckin::Add(SealedVisit visit) {
  absl::MutexLock lock(&mu_);
  visits_.push_back(std::move(visit));
}

void FakeCheckin::Edit(const std::function<void(std::vector<SealedVisit>&)>& edit) {
  absl::MutexLock lock(&mu_);
  edit(visits_);
}

absl::StatusOr<std::vector<HourCounts>> FakeCheckin::CountVisits(
    const std::vector<VenueDayHours>& hours, CountFrom /*from*/) {
  RETURN_IF_ERROR(failures_.Next());
  absl::MutexLock lock(&mu_);
  std::vector<HourCounts> counts(hours.size());
  for (size_t i = 0; i < hours.size(); ++i) {
    for (const SealedVisit& visit : visits_) {
      if (Covers(hours[i], visit)) ++counts[i][static_cast<size_t>(visit.hour)];
    }
  }
  return counts;
}

absl::Status FakeCheckin::StreamSealedVisits(const std::vector<VenueDayHours>& hours,
                                             const SealedVisitSink& sink) {
  RETURN_IF_ERROR(failures_.Next());
  std::vector<SealedVisit> found;
  int break_after = -1;
  {
    absl::MutexLock lock(&mu_);
    for (const VenueDayHours& part : hours) {
      for (const SealedVisit& visit : visits_) {
        if (Covers(part, visit)) found.push_back(visit);
      }
    }
    std::swap(break_after, break_after_);
  }
  for (size_t begin = 0; begin < found.size(); begin += kPage) {
    if (break_after-- == 0) return absl::UnavailableError("the stream broke");
    const size_t end = std::min(begin + kPage, found.size());
    RETURN_IF_ERROR(sink({found.begin() + static_cast<ptrdiff_t>(begin),
                          found.begin() + static_cast<ptrdiff_t>(end)}));
  }
  return absl::OkStatus();
}

absl::Status FakeFollowStore::Record(const FollowChange& change) {
  RETURN_IF_ERROR(failures_.Next());
  absl::MutexLock lock(&mu_);
  const auto [known, fresh] = states_.try_emplace(change.person, change);
  if (fresh) return absl::OkStatus();
  const bool newer = change.event_time > known->second.event_time;
  const bool leaves = change.event_time == known->second.event_time && !change.following;
  if (newer || leaves) known->second = change;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<crypto::Hash>> FakeFollowStore::Left(
    const std::vector<crypto::Hash>& people) {
  RETURN_IF_ERROR(failures_.Next());
  absl::MutexLock lock(&mu_);
  std::vector<crypto::Hash> left;
  for (const crypto::Hash& person : people) {
    const auto state = states_.find(person);
    if (state != states_.end() && !state->second.following) left.push_back(person);
  }
  return left;
}

absl::Status FakeAuditTrail::Append(const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  db_.events.push_back(event);
  return absl::OkStatus();
}

absl::StatusOr<AuditPage> FakeAuditTrail::List(int64_t after, int limit) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  AuditPage page;
  for (size_t i = static_cast<size_t>(after); i < db_.events.size(); ++i) {
    if (static_cast<int>(page.entries.size()) == limit) {
      page.next_after = static_cast<int64_t>(i);
      break;
    }
    const AuditEvent& event = db_.events[i];
    page.entries.push_back({.seq = static_cast<int64_t>(i) + 1,
                            .actor = event.actor,
                            .action = event.action,
                            .subject = event.subject,
                            .detail_json = event.detail.dump()});
  }
  return page;
}

}  // namespace oshirase::notifier
