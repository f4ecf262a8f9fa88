#include "services/notifier/store/postgres_follow_store.h"

#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/notifier/store/hashes.h"

namespace oshirase::notifier {
namespace {

// The newer event wins; of two at the same time, leaving.
constexpr char kRecord[] = R"sql(
  INSERT INTO notifier.follow_states AS known (person, following, event_time)
  VALUES ($1, $2, $3)
  ON CONFLICT (person) DO UPDATE
  SET following = excluded.following, event_time = excluded.event_time
  WHERE excluded.event_time > known.event_time
    OR (excluded.event_time = known.event_time AND known.following AND NOT excluded.following))sql";

constexpr char kLeft[] = R"sql(
  SELECT person FROM notifier.follow_states
  WHERE person = ANY ($1::bytea[]) AND NOT following)sql";

}  // namespace

absl::Status PostgresFollowStore::Record(const FollowChange& change) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec_params(kRecord, postgres::BytesParam(ViewOf(change.person)), change.following,
                   postgres::TimeParam(change.event_time));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<crypto::Hash>> PostgresFollowStore::Left(
    const std::vector<crypto::Hash>& people) {
  postgres::ByteaArray hashes(people.size());
  for (const crypto::Hash& person : people) hashes.Add(ViewOf(person));
  std::vector<crypto::Hash> left;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    left.clear();
    for (const auto& row : tx.exec_params(kLeft, hashes.Param())) {
      left.push_back(ArrayOf<32>(row[0]));
    }
    return absl::OkStatus();
  }));
  return left;
}

}  // namespace oshirase::notifier
