// The venues of one business in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresOwnVenueStore final : public OwnVenueStore {
 public:
  // All must outlive it.
  PostgresOwnVenueStore(postgres::Pool& pool, const audit::AuditLog& log, const MailQueue& mails)
      : pool_(pool), log_(log), mails_(mails) {}

  absl::StatusOr<LinkedVenue> AddByLink(const LinkedAddition& linked) override;
  absl::StatusOr<UpdatedVenue> Update(const VenueUpdate& update) override;
  absl::StatusOr<int> AddBatch(const VenueBatch& batch) override;
  absl::StatusOr<std::optional<int>> FindBatch(const std::string& request_id,
                                               const BusinessId& business_id) override;
  absl::StatusOr<std::vector<crypto::Digest>> FindTwins(
      const BusinessId& business_id, const std::vector<crypto::Digest>& keys) override;
  absl::StatusOr<OwnVenue> SetOwnState(const OwnStateChange& change) override;
  absl::StatusOr<std::optional<OwnVenue>> Find(const VenueId& id,
                                               const BusinessId& business_id) override;
  absl::StatusOr<std::optional<OwnVenue>> FindByCertificate(const std::string& number) override;
  absl::StatusOr<std::vector<OwnVenue>> List(const BusinessId& business_id,
                                             const std::optional<VenueCursor>& after,
                                             int limit) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
  const MailQueue& mails_;
};

}  // namespace oshirase::registry
