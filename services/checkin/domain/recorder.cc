#include "services/checkin/domain/recorder.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/time/clock.h"
#include "services/checkin/domain/errors.h"

namespace oshirase::checkin {
namespace {

// Items taken by one round of key fetching.
constexpr size_t kFetchRound = 500;

}  // namespace

struct Recorder::Request {
  std::vector<Visit> visits;
  std::vector<Outcome> outcomes;
  absl::Time deadline;
  Done done;
  std::atomic<size_t> open{0};
};

Visit& Recorder::Item::visit() const { return request->visits[position]; }

void Recorder::Item::Settle(Outcome outcome) const {
  request->outcomes[position] = outcome;
  if (request->open.fetch_sub(1) == 1) request->done(std::move(request->outcomes));
}

Recorder::Recorder(Parts parts, Options options)
    : parts_(std::move(parts)), options_(std::move(options)), sealer_(parts_.clock) {
  fetcher_ = std::thread([this] { FetchKeys(); });
  writer_ = std::thread([this] { WriteBatches(); });
}

Recorder::~Recorder() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
  }
  fetcher_.join();
  writer_.join();
  absl::MutexLock lock(&mu_);
  for (const auto* queue : {&without_key_, &ready_}) {
    for (const auto& item : *queue) item.Settle(Outcome::kFailed);
  }
}

void Recorder::Record(std::vector<Visit> visits, absl::Time deadline, Done done) {
  auto request = std::make_shared<Request>();
  request->outcomes.assign(visits.size(), Outcome::kRefused);
  request->visits = std::move(visits);
  request->deadline = deadline;
  request->done = std::move(done);

  std::vector<Item> ready;
  std::vector<Item> without_key;
  for (size_t i = 0; i < request->visits.size(); ++i) {
    const auto& visit = request->visits[i];
    if (!DayIsOpen(visit.day)) continue;
    auto& list = parts_.keys.Find(visit).has_value() ? ready : without_key;
    list.push_back({request, i});
  }
  const auto accepted = ready.size() + without_key.size();
  if (accepted == 0) {
    request->done(std::move(request->outcomes));
    return;
  }
  request->open = accepted;

  absl::Status refusal;
  {
    absl::MutexLock lock(&mu_);
    if (stopping_) {
      refusal = ShuttingDown();
    } else if (ready_.size() + without_key_.size() + in_hand_ + accepted > options_.max_waiting) {
      refusal = Overloaded();
    } else {
      ready_.insert(ready_.end(), ready.begin(), ready.end());
      without_key_.insert(without_key_.end(), without_key.begin(), without_key.end());
    }
  }
  if (!refusal.ok()) request->done(refusal);
}

size_t Recorder::waiting() const {
  absl::MutexLock lock(&mu_);
  return ready_.size() + without_key_.size() + in_hand_;
}

// The gateway records what LINE reports up to 24 hours late or 5 minutes early; other days have
// no partition.
bool Recorder::DayIsOpen(Day day) const {
  const Day today = DayOf(parts_.clock());
  return day >= today - 1 && day <= today + 1;
}

// A thread of its own, so that a venue seen for the first time, or a registry that is away, holds
// up nobody whose key is at hand.
void Recorder::FetchKeys() {
  while (true) {
    std::vector<Item> items;
    {
      absl::MutexLock lock(&mu_);
      mu_.Await(absl::Condition(
          +[](Recorder* self) { return self->stopping_ || !self->without_key_.empty(); }, this));
      if (stopping_) return;
      const auto count = std::min(without_key_.size(), kFetchRound);
      items.assign(without_key_.begin(), without_key_.begin() + static_cast<ptrdiff_t>(count));
      without_key_.erase(without_key_.begin(),
                         without_key_.begin() + static_cast<ptrdiff_t>(count));
      in_hand_ = count;
    }
    std::vector<const Visit*> visits;
    visits.reserve(items.size());
    for (const auto& item : items) visits.push_back(&item.visit());
    // Those whose keys did not come are found out, one by one, when they are sealed.
    parts_.keys.Fetch(visits).IgnoreError();
    absl::MutexLock lock(&mu_);
    in_hand_ = 0;
    ready_.insert(ready_.end(), items.begin(), items.end());
  }
}

void Recorder::WriteBatches() {
  while (true) {
    std::vector<Item> items;
    {
      absl::MutexLock lock(&mu_);
      const bool woken = mu_.AwaitWithTimeout(
          absl::Condition(
              +[](Recorder* self) { return self->stopping_ || !self->ready_.empty(); }, this),
          absl::Seconds(30));
      if (stopping_) return;
      if (woken) {
        const auto count = std::min(ready_.size(), options_.max_batch);
        items.assign(ready_.begin(), ready_.begin() + static_cast<ptrdiff_t>(count));
        ready_.erase(ready_.begin(), ready_.begin() + static_cast<ptrdiff_t>(count));
      }
    }
    if (items.empty()) {
      sealer_.WipeExpired();
    } else {
      WriteBatch(std::move(items));
    }
  }
}

void Recorder::WriteBatch(std::vector<Item> items) {
  const auto begin = absl::Now();
  BatchReport report{.visits = items.size()};

  auto sealed = Seal(std::move(items));
  std::sort(sealed.begin(), sealed.end(),
            [](const Item& a, const Item& b) { return a.visit().id < b.visit().id; });
  std::vector<Item> stored;
  if (!sealed.empty()) report.recorded = InsertOrSplit(sealed, stored);
  report.stored = stored.size() == sealed.size();
  report.indexed = Index(stored);
  for (const auto& item : stored) {
    const auto outcome = item.request->outcomes[item.position];
    item.Settle(outcome);
  }

  report.duration = absl::Now() - begin;
  if (options_.on_batch) options_.on_batch(report);
}

// Settles those that cannot be sealed and returns the others.
std::vector<Recorder::Item> Recorder::Seal(std::vector<Item> items) {
  const auto now = absl::Now();
  std::vector<Item> sealed;
  sealed.reserve(items.size());
  for (auto& item : items) {
    auto& visit = item.visit();
    const auto key = parts_.keys.Find(visit);
    if (!key.has_value() || item.request->deadline <= now) {
      item.Settle(Outcome::kFailed);
      continue;
    }
    auto seal = sealer_.Seal(*key, visit.sealed);
    if (!seal.ok()) {
      item.Settle(Outcome::kFailed);
      continue;
    }
    visit.sealed = *std::move(seal);
    sealed.push_back(std::move(item));
  }
  return sealed;
}

absl::StatusOr<std::vector<bool>> Recorder::Insert(const std::vector<Item>& items) {
  std::vector<Visit> visits;
  visits.reserve(items.size());
  for (const auto& item : items) visits.push_back(item.visit());
  return parts_.store.Insert(visits);
}

// Inserts all, or, when one of them is to blame, finds it by halving. Appends what is stored to
// `stored` with its outcome noted, settles the rest, and returns how many are new.
size_t Recorder::InsertOrSplit(const std::vector<Item>& items, std::vector<Item>& stored) {
  const auto is_new = Insert(items);
  if (is_new.ok()) {
    size_t recorded = 0;
    for (size_t i = 0; i < items.size(); ++i) {
      const auto outcome = (*is_new)[i] ? Outcome::kRecorded : Outcome::kAlreadyRecorded;
      items[i].request->outcomes[items[i].position] = outcome;
      if ((*is_new)[i]) ++recorded;
      stored.push_back(items[i]);
    }
    return recorded;
  }
  const bool one_to_blame = absl::IsInternal(is_new.status());
  if (!one_to_blame || items.size() == 1) {
    for (const auto& item : items) item.Settle(Outcome::kFailed);
    return 0;
  }
  const auto middle = items.begin() + static_cast<ptrdiff_t>(items.size() / 2);
  return InsertOrSplit({items.begin(), middle}, stored) +
         InsertOrSplit({middle, items.end()}, stored);
}

// After the commit, before the answer: whoever has the answer finds the visit counted.
bool Recorder::Index(const std::vector<Item>& items) {
  if (items.empty()) return true;
  std::vector<Visit> visits;
  visits.reserve(items.size());
  for (const auto& item : items) {
    const auto& visit = item.visit();
    visits.push_back({.id = visit.id, .day = visit.day, .hour = visit.hour, .venue = visit.venue});
  }
  if (parts_.index.Add(visits).ok()) return true;
  for (const auto& visit : visits) parts_.index_health.MarkShort(visit.day);
  return false;
}

}  // namespace oshirase::checkin
