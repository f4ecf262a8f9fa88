// Batches between the domain and SQL.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/notifier/domain/outbox.h"

namespace oshirase::notifier {

struct BatchInsert {
  const std::string& case_id;
  std::optional<std::string> parent_id;
  absl::Time plan_time;
};

// Inserts batches in PLANNED, claimable at once, by one statement.
absl::Status InsertBatches(pqxx::work& tx, const BatchInsert& insert,
                           const std::vector<const NewBatch*>& batches);

}  // namespace oshirase::notifier
