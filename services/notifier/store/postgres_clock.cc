#include "services/notifier/store/postgres_clock.h"

#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"

namespace oshirase::notifier {

absl::StatusOr<absl::Time> DatabaseTime(postgres::Pool& pool) {
  absl::Time time;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool, [&](pqxx::nontransaction& tx) {
    time = postgres::Time(tx.exec1("SELECT now()")[0]);
    return absl::OkStatus();
  }));
  return time;
}

}  // namespace oshirase::notifier
