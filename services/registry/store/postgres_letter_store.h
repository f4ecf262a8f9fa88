// The register desk's letters in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/letter_store.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresLetterStore final : public LetterStore {
 public:
  // All must outlive it.
  PostgresLetterStore(postgres::Pool& pool, const audit::AuditLog& log, const MailQueue& mails)
      : pool_(pool), log_(log), mails_(mails) {}

  absl::StatusOr<std::string> Keep(const NewDeskLetter& letter) override;
  absl::StatusOr<LetterList> List(const LetterQuery& query, const AuditNote& note) override;
  absl::StatusOr<std::optional<DeskLetter>> Find(const std::string& number) override;
  absl::StatusOr<DeskLetter> Close(const LetterClosing& closing) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
  const MailQueue& mails_;
};

}  // namespace oshirase::registry
