#include "services/checkin/domain/recorder.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "services/checkin/domain/errors.h"

namespace oshirase::checkin {
namespace {

// Items taken by one round of key fetching.
constexpr size_t kFetchRound = 500;

// How long the sealer's secrets may outlive their minute while nobody comes.
constexpr absl::Duration kWipeExpired = absl::Seconds(30);

template <typename Item>
std::vector<Item> TakeFront(std::deque<Item>& queue, size_t at_most) {
  const auto end = queue.begin() + static_cast<ptrdiff_t>(std::min(queue.size(), at_most));
  std::vector<Item> items(queue.begin(), end);
  queue.erase(queue.begin(), end);
  return items;
}

}  // namespace

// One call of Record, on its caller's stack: nobody may touch it once `open`, which the recorder's
// mutex guards, is 0.
struct Recorder::Request {
  std::vector<Visit> visits;
  std::vector<Outcome> outcomes;
  absl::Time deadline;
  size_t open = 0;
};

Visit& Recorder::Item::visit() const { return request->visits[position]; }

void Recorder::Item::Note(Outcome outcome) const { request->outcomes[position] = outcome; }

Recorder::Recorder(Parts parts, Options options)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      sealer_(parts_.clock),
      fetcher_([this] { FetchKeys(); }) {}

Recorder::~Recorder() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
    for (auto* queue : {&without_key_, &ready_}) {
      for (const auto& item : *queue) --item.request->open;
      queue->clear();
    }
  }
  fetcher_.join();
  absl::MutexLock lock(&mu_);
  mu_.Await(absl::Condition(
      +[](size_t* callers) { return *callers == 0; }, &callers_));
}

absl::StatusOr<std::vector<Outcome>> Recorder::Record(std::vector<Visit> visits,
                                                      absl::Time deadline) {
  Request request{.visits = std::move(visits), .outcomes = {}, .deadline = deadline};
  request.outcomes.assign(request.visits.size(), Outcome::kRefused);
  std::vector<Item> items;
  items.reserve(request.visits.size());
  for (size_t i = 0; i < request.visits.size(); ++i) {
    const auto& visit = request.visits[i];
    if (!DayIsOpen(visit.day)) continue;
    items.push_back({.request = &request, .position = i, .key = parts_.keys.Find(visit)});
    items.back().Note(Outcome::kFailed);
  }
  if (items.empty()) return std::move(request.outcomes);

  absl::MutexLock lock(&mu_);
  if (auto refusal = Enqueue(items); !refusal.ok()) return refusal;
  request.open = items.size();
  ++callers_;
  WriteUntilAnswered(request);
  --callers_;
  return std::move(request.outcomes);
}

absl::Status Recorder::Enqueue(const std::vector<Item>& items) {
  if (stopping_) return ShuttingDown();
  const auto waiting = ready_.size() + without_key_.size() + in_hand_;
  if (waiting + items.size() > options_.max_waiting) return Overloaded();
  for (const auto& item : items) (item.key.has_value() ? ready_ : without_key_).push_back(item);
  return absl::OkStatus();
}

// Writes batches whenever nobody else does, until each visit of `request` has been in one.
void Recorder::WriteUntilAnswered(Request& request) {
  const auto has_turn = [this, &request]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return request.open == 0 || (!writing_ && !ready_.empty());
  };
  while (true) {
    mu_.Await(absl::Condition(&has_turn));
    if (request.open == 0) return;
    writing_ = true;
    const auto items = TakeFront(ready_, options_.max_batch);
    mu_.Unlock();
    WriteBatch(items);
    mu_.Lock();
    writing_ = false;
    for (const auto& item : items) --item.request->open;
  }
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
      mu_.AwaitWithTimeout(
          absl::Condition(
              +[](Recorder* self) { return self->stopping_ || !self->without_key_.empty(); }, this),
          kWipeExpired);
      if (stopping_) return;
      items = TakeFront(without_key_, kFetchRound);
      in_hand_ = items.size();
    }
    sealer_.WipeExpired();
    if (items.empty()) continue;
    std::vector<const Visit*> visits;
    visits.reserve(items.size());
    for (const auto& item : items) visits.push_back(&item.visit());
    // Those whose keys did not come are found out, one by one, when they are to be sealed.
    parts_.keys.Fetch(visits).IgnoreError();
    for (auto& item : items) item.key = parts_.keys.Find(item.visit());
    absl::MutexLock lock(&mu_);
    in_hand_ = 0;
    ready_.insert(ready_.end(), items.begin(), items.end());
  }
}

void Recorder::WriteBatch(const std::vector<Item>& items) {
  const auto begin = absl::Now();
  BatchReport report{.visits = items.size()};

  auto sealed = Seal(items);
  std::sort(sealed.begin(), sealed.end(),
            [](const Item& a, const Item& b) { return a.visit().id < b.visit().id; });
  std::vector<Item> stored;
  if (!sealed.empty()) report.recorded = InsertOrSplit(sealed, stored);
  report.stored = stored.size() == sealed.size();
  report.indexed = Index(stored);

  report.duration = absl::Now() - begin;
  if (options_.on_batch) options_.on_batch(report);
}

// Seals the visits of `items` and returns those that could be.
std::vector<Recorder::Item> Recorder::Seal(const std::vector<Item>& items) {
  const auto now = absl::Now();
  std::vector<Item> sealed;
  sealed.reserve(items.size());
  for (const auto& item : items) {
    if (!item.key.has_value() || item.request->deadline <= now) continue;
    auto seal = sealer_.Seal(*item.key, item.visit().sealed);
    if (!seal.ok()) continue;
    item.visit().sealed = *std::move(seal);
    sealed.push_back(item);
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
// `stored`, with its outcome noted, and returns how many are new.
size_t Recorder::InsertOrSplit(const std::vector<Item>& items, std::vector<Item>& stored) {
  const auto is_new = Insert(items);
  if (is_new.ok()) {
    size_t recorded = 0;
    for (size_t i = 0; i < items.size(); ++i) {
      items[i].Note((*is_new)[i] ? Outcome::kRecorded : Outcome::kAlreadyRecorded);
      if ((*is_new)[i]) ++recorded;
      stored.push_back(items[i]);
    }
    return recorded;
  }
  const bool one_to_blame = absl::IsInternal(is_new.status());
  if (!one_to_blame || items.size() == 1) return 0;
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
