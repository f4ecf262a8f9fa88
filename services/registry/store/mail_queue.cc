#include "services/registry/store/mail_queue.h"

#include "common/status/macros.h"

namespace oshirase::registry {

absl::StatusOr<PreparedMails> MailQueue::PrepareAll(const std::vector<OutgoingMail>& mails) const {
  PreparedMails prepared;
  for (const auto& mail : mails) {
    ASSIGN_OR_RETURN(auto one, Prepare(mail));
    prepared.push_back(std::move(one));
  }
  return prepared;
}

void EnqueueAll(pqxx::work& tx, const PreparedMails& mails) {
  for (const auto& mail : mails) mail->Enqueue(tx);
}

}  // namespace oshirase::registry
