// The database's clock.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/postgres/pool.h"

namespace oshirase::notifier {

// What the clock of the database's machine says now. Returns UNAVAILABLE when it cannot be reached.
absl::StatusOr<absl::Time> DatabaseTime(postgres::Pool& pool);

}  // namespace oshirase::notifier
