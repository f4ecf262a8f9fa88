#include "services/notifier/store/batch_rows.h"

#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/status/macros.h"
#include "services/notifier/store/hashes.h"

namespace oshirase::notifier {
namespace {

constexpr char kInsertBatches[] = R"sql(
  INSERT INTO notifier.batches (batch_id, case_id, parent_id, language, state, people,
    sealed_recipients, retry_key, body_sha256, plan_time, claim_time)
  SELECT batch_id, $1::uuid, $2::uuid, language, 'PLANNED', people, sealed, retry_key, body_sha256,
    $3::timestamptz, $3::timestamptz
  FROM unnest($4::uuid[], $5::text[], $6::int[], $7::bytea[], $8::uuid[], $9::bytea[])
    AS batch (batch_id, language, people, sealed, retry_key, body_sha256))sql";

}  // namespace

absl::Status InsertBatches(pqxx::work& tx, const BatchInsert& insert,
                           const std::vector<const NewBatch*>& batches) {
  if (batches.empty()) return absl::OkStatus();
  postgres::UuidArray ids(batches.size());
  postgres::TextArray languages(batches.size());
  postgres::Int4Array people(batches.size());
  postgres::ByteaArray sealed(batches.size());
  postgres::UuidArray retry_keys(batches.size());
  postgres::ByteaArray bodies(batches.size());
  for (const NewBatch* batch : batches) {
    RETURN_IF_ERROR(ids.Add(batch->batch_id));
    languages.Add(batch->language);
    people.Add(batch->content.people);
    sealed.Add(batch->content.sealed_recipients);
    RETURN_IF_ERROR(retry_keys.Add(batch->content.retry_key));
    bodies.Add(ViewOf(batch->content.body_sha256));
  }
  tx.exec_params(kInsertBatches, insert.case_id, insert.parent_id,
                 postgres::TimeParam(insert.plan_time), ids.Param(), languages.Param(),
                 people.Param(), sealed.Param(), retry_keys.Param(), bodies.Param());
  return absl::OkStatus();
}

}  // namespace oshirase::notifier
