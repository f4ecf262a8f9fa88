#include "services/registry/store/letter_queue.h"

#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/venue_letters.h"
#include "services/registry/store/postgres_mail_outbox.h"

namespace oshirase::registry {
namespace {

class SealedMail final : public PreparedMail {
 public:
  explicit SealedMail(OutboxMail mail) : mail_(std::move(mail)) {}
  void Enqueue(pqxx::work& tx) const override { EnqueueMail(tx, mail_); }

 private:
  const OutboxMail mail_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<PreparedMail>> LetterQueue::Prepare(const OutgoingMail& mail) const {
  ASSIGN_OR_RETURN(auto sealed, sealer_.Seal(LetterOf(mail, site_)));
  return std::make_unique<SealedMail>(std::move(sealed));
}

}  // namespace oshirase::registry
