// The register as a CSV file for spreadsheets. It holds what a business told the prefecture, so it
// is for the desk alone; the codes inside the QR codes are left out, since who has one can check
// in.
#pragma once

#include <string>

#include "oshirase/registry/v1/desk_service.pb.h"

namespace oshirase::authority {

// The mark of UTF-8 and the headings.
std::string RegisterCsvHead();

// One entry, as one row.
std::string RegisterCsvRow(const registry::v1::RegisterEntry& entry);

}  // namespace oshirase::authority
