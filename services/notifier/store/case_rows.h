// Cases between SQL and the domain.
#pragma once

#include <pqxx/pqxx>
#include <string>

#include "common/crypto/officer_signature.h"
#include "services/notifier/domain/case.h"

namespace oshirase::notifier {

// A row of notifier.case_summaries.
Case CaseOf(const pqxx::row& row);

// "submit", "approve" or "reject", as the role is stored.
std::string SignatureRoleName(crypto::SignatureRole role);
crypto::SignatureRole ParseSignatureRole(const std::string& name);

}  // namespace oshirase::notifier
