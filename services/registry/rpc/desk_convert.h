// Between the wire and the domain, for the register desk's letters and API keys.
#pragma once

#include <optional>

#include "oshirase/registry/v1/desk_service.pb.h"
#include "services/registry/domain/api_key_store.h"
#include "services/registry/domain/desk_letter.h"

namespace oshirase::registry {

void ToProto(const DeskLetter& letter, v1::Letter* proto);
void ToProto(const ApiKeyRecord& key, v1::ApiKey* proto);

// Nothing for a value that is none.
std::optional<LetterKind> FromProto(v1::LetterKind kind);

}  // namespace oshirase::registry
