// Officers' signatures between the wire and the domain.
#pragma once

#include <optional>

#include "oshirase/registry/v1/exposure.pb.h"
#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

void ToProto(const OfficerSignature& signature, registry::v1::OfficerSignature* proto);

// The signature, or nothing when a field is missing or out of its range: no role, a time with a
// fraction (which would be unsigned), or not 64 bytes.
std::optional<OfficerSignature> FromProto(const registry::v1::OfficerSignature& proto);

}  // namespace oshirase::notifier
