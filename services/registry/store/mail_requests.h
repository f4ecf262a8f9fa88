// Counting the mails that strangers ask for, so that nobody's mailbox is filled. Everything here
// works inside the caller's transaction and throws what libpqxx throws.
#pragma once

#include <pqxx/pqxx>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/business_store.h"

namespace oshirase::registry {

// Until the end of `tx` nobody else counts a mail to that mailbox.
void LockMailbox(pqxx::work& tx, const std::string& email);

// Counts a mail to that mailbox, which is locked. Returns TOO_MANY_MAILS, and counts nothing, when
// there are as many as there may be.
absl::Status CountMail(pqxx::work& tx, const std::string& email, absl::Time now,
                       const MailLimit& limit);

}  // namespace oshirase::registry
