// The cases every implementation of the stores behind the desk's work on the register passes; see
// contract.h and store_contracts.h.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "services/registry/domain/decision_store.h"
#include "services/registry/domain/outgoing_mail.h"
#include "services/registry/domain/register_store.h"
#include "services/registry/domain/reissue_store.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {

// Over one register.
struct RegisterStores {
  BusinessStores& business;
  RegisterStore& entries;
  DecisionStore& decisions;
  ReissueStore& reissues;
  AuditStore& audit;
  std::function<std::vector<OutgoingMail>()> mails;  // queued so far
};

const Contract<RegisterStores>& RegisterStoreContract();
const Contract<RegisterStores>& DecisionStoreContract();
const Contract<RegisterStores>& ReissueStoreContract();

// What the cases have in common.

// Stores a venue of that time.
Venue AddVenue(RegisterStores& stores, const VenueDetails& details, absl::Time create_time);

// All there is about a venue.
EntryFile FileOf(RegisterStores& stores, const VenueId& id);

// "action by actor" of each line of the history, newest first.
std::vector<std::string> HistoryOf(RegisterStores& stores, const VenueId& id);

// The action of the newest audit entry.
std::string LastAction(RegisterStores& stores);

// As an officer's.
AuditNote DeskNote(const std::string& action, const std::string& reason);

}  // namespace oshirase::registry
