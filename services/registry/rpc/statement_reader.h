// Reads a Statement out of the bytes that officers signed. It only ever reads: these bytes are
// never serialised again, because a signature covers bytes, not meaning.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/registry/domain/statement.h"

namespace oshirase::registry {

// A StatementReader. Returns STATEMENT_INVALID when `bytes` are no Statement, hold a field this
// version does not know (it might narrow what is permitted), lack a time, or have a time that is
// not a whole second from 1970 to 9999.
absl::StatusOr<Statement> ReadStatement(const std::string& bytes);

}  // namespace oshirase::registry
