// What happens by itself as time goes by, and after a process died: cases expire and end, visits
// come late, the registry hears of rejections, keys of finished cases go.
//
// Each method is one round; a failure is logged and the next round tries again.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/keyring/keyring.h"
#include "common/time/clock.h"
#include "services/notifier/domain/case_opener.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/opening_queue.h"
#include "services/notifier/domain/outbox.h"
#include "services/notifier/domain/registry_client.h"

namespace oshirase::notifier {

// A case key lives at most so long after the approval; what is unsent then stays unsent.
inline constexpr absl::Duration kCaseKeyLife = absl::Hours(7 * 24);

// Thread-safe.
class Caretaker {
 public:
  struct Parts {
    CaseStore& cases;
    Outbox& outbox;
    RegistryClient& registry;
    CaseOpener& opener;
    OpeningQueue& openings;
    keyring::Keyring& named_keys;  // holds the case keys
    Clock clock;
  };

  // The parts must outlive it.
  explicit Caretaker(Parts parts);

  // Every few seconds: cases expire; openings and ends that a dead process left are taken up.
  void TidyUp();

  // Every few seconds, and when a case was ended: tells the registry what must not be released.
  void TellVoids();

  // Once a minute: opens cases again whose hours have more visits than before.
  void LookForLateVisits();

  // Once a minute: destroys keys of cases that are over, and those that are there all the same: put
  // back with a mirror of the keyring, or made by an opening that did not know of the end yet.
  void ForgetCases();

 private:
  void EndStrayKeys();
  absl::Status Forget(const std::string& case_id, absl::Time now);

  Parts parts_;
};

}  // namespace oshirase::notifier
