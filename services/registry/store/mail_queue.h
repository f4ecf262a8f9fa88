// Where the stores put the mails of a change: written before its transaction, queued inside it.
#pragma once

#include <memory>
#include <pqxx/pqxx>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/registry/domain/outgoing_mail.h"

namespace oshirase::registry {

// A mail that needs nothing more but to be queued. Immutable.
class PreparedMail {
 public:
  virtual ~PreparedMail() = default;

  // Queues it as part of `tx`: it is sent if that is committed, and only then. Throws what libpqxx
  // throws.
  virtual void Enqueue(pqxx::work& tx) const = 0;
};

using PreparedMails = std::vector<std::unique_ptr<PreparedMail>>;

// Thread-safe.
class MailQueue {
 public:
  virtual ~MailQueue() = default;

  // Writes a mail. To be called before the transaction: it may have to make a key of its own.
  // Returns INVALID_ARGUMENT for a mail that can never be sent, UNAVAILABLE when it cannot be
  // written now.
  virtual absl::StatusOr<std::unique_ptr<PreparedMail>> Prepare(const OutgoingMail& mail) const = 0;

  // Tells whoever sends that mails were committed; forgetting it makes them wait some seconds.
  virtual void Wake() const = 0;

  // All of `mails`, or the first failure.
  absl::StatusOr<PreparedMails> PrepareAll(const std::vector<OutgoingMail>& mails) const;
};

void EnqueueAll(pqxx::work& tx, const PreparedMails& mails);

}  // namespace oshirase::registry
