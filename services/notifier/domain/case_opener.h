// From an approved case to batches ready to send: releases the outer keys, opens the visits, leaves
// out who left and who was told already, and writes the batches in one transaction. Run again for
// late visits, and after a crash; whoever has a batch once never gets a second.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/keyring/day_keys.h"
#include "common/keyring/keyring.h"
#include "common/time/clock.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/checkin_client.h"
#include "services/notifier/domain/departures.h"
#include "services/notifier/domain/outbox.h"
#include "services/notifier/domain/registry_client.h"
#include "services/notifier/domain/visit_opener.h"

namespace oshirase::notifier {

// Thread-safe, but one case must not be opened by two threads at once: both would find the same
// people, and one of them would do its work for nothing.
class CaseOpener {
 public:
  struct Parts {
    CaseStore& cases;
    Outbox& outbox;
    RegistryClient& registry;
    CheckinClient& checkin;
    Departures& departures;
    keyring::DayKeys& inner_keys;
    keyring::Keyring& named_keys;  // holds the case keys
    StatementReader read_statement;
    Clock clock;
  };

  // The parts must outlive it.
  explicit CaseOpener(Parts parts);

  // Opens a case's visits and plans its batches. With `release` the keys need not be asked for.
  // When the registry refuses for good, that is noted of the case and nothing is tried again; see
  // CaseStore::RefuseRelease.
  // Returns FAILED_PRECONDITION CASE_FINISHED when somebody ended the case or the registry refused
  // for good, RELEASE_INCOMPLETE; with the registry's reason what will pass; DATA_LOSS when stored
  // messages are not those that were signed or a key is lost; ABORTED when another process planned
  // the case meanwhile; UNAVAILABLE when a neighbour cannot be reached. Nothing was planned then,
  // and calling again is safe.
  absl::Status Open(const std::string& case_id, std::optional<Release> release);

  // Whether the case should be opened again: its hours have other rows than when it was last
  // opened, and not none.
  absl::StatusOr<bool> HasLateVisits(const Case& opened);

 private:
  struct Found;  // what opening found

  absl::StatusOr<Release> AskForRelease(const CaseFile& file);
  absl::StatusOr<Found> OpenVisits(const CaseFile& file, const Statement& statement,
                                   std::optional<Release> release);
  absl::StatusOr<CasePlan> MakePlan(const CaseFile& file, Found found);
  absl::StatusOr<Recipients> NotToldYet(const std::string& case_id,
                                        const crypto::SecretKey& case_key, Recipients people);

  Parts parts_;
};

}  // namespace oshirase::notifier
