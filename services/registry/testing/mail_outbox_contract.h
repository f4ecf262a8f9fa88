// The cases every MailOutbox passes; see contract.h.
#pragma once

#include "services/registry/domain/mail_outbox.h"
#include "services/registry/testing/contract.h"

namespace oshirase::registry {

const Contract<MailOutbox>& MailOutboxContract();

}  // namespace oshirase::registry
