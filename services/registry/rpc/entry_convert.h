// Between the wire and the domain, for what the register desk sees and sends.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/catalogue/catalogue.h"
#include "oshirase/registry/v1/desk_service.pb.h"
#include "services/registry/domain/register_desk.h"
#include "services/registry/domain/register_entry.h"
#include "services/registry/rpc/bad_request.h"

namespace oshirase::registry {

void ToProto(const RegisterEntry& entry, const catalogue::Catalogue& catalogue,
             v1::RegisterEntry* proto);
void ToProto(const EntryFile& file, const catalogue::Catalogue& catalogue,
             v1::GetEntryResponse* proto);
void ToProto(const RegisterCounts& counts, v1::CountRegisterResponse* proto);

// What somebody wants to see; what is wrong with the filter goes to `check`.
RegisterRequest ReadFilter(const v1::RegisterFilter& filter, const catalogue::Catalogue& catalogue,
                           RequestCheck& check);

}  // namespace oshirase::registry
