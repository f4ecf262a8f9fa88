// Reads a Statement out of the bytes that officers signed. It only ever reads: these bytes are
// never serialised again, because a signature covers bytes, not meaning.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_field.h"
#include "oshirase/registry/v1/exposure.pb.h"
#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

// A StatementReader. Returns INVALID_ARGUMENT when `bytes` are no Statement, hold a field that this
// version does not know (it might narrow what is permitted), or a time that is missing or no whole
// second from 1970 to 9999.
absl::StatusOr<Statement> ReadStatement(const std::string& bytes);

// The exposures of a request, with the same rules.
absl::StatusOr<std::vector<Exposure>> ReadExposures(
    const google::protobuf::RepeatedPtrField<registry::v1::Exposure>& protos);

}  // namespace oshirase::notifier
