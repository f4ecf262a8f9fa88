// What the register desk reads, as JSON for programs. The names are part of the interface.
#pragma once

#include <nlohmann/json.hpp>

#include "oshirase/registry/v1/desk_service.pb.h"

namespace oshirase::authority {

nlohmann::json ToJson(const registry::v1::Certificate& certificate);
nlohmann::json ToJson(const registry::v1::RegisterEntry& entry);
// With its measures, certificates and history.
nlohmann::json ToJson(const registry::v1::GetEntryResponse& entry);
nlohmann::json ToJson(const registry::v1::CountRegisterResponse& counts);
nlohmann::json ToJson(const registry::v1::Letter& letter);
nlohmann::json ToJson(const registry::v1::ApiKey& key);

}  // namespace oshirase::authority
