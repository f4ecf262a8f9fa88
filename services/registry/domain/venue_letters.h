// From what a change of the register brings about to the letter that tells of it.
#pragma once

#include "services/registry/domain/letter.h"
#include "services/registry/domain/outgoing_mail.h"
#include "services/registry/domain/site_addresses.h"

namespace oshirase::registry {

// Never too long to be written: a name of more bytes than a letter's line has room for is cut
// between two characters.
Letter LetterOf(const OutgoingMail& mail, const SiteAddresses& site);

}  // namespace oshirase::registry
