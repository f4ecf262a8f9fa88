// CSV as people send it: written by Excel in Japan or by anything else, in UTF-8 with or without a
// byte order mark or in Shift_JIS.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase {

// One row that is not empty.
struct CsvRow {
  int line = 0;                    // Where it begins, from 1.
  std::vector<std::string> cells;  // In UTF-8, as they stand in the file.
};

// Reads a whole file. Rows without any text are left out. A cell may hold anything, NUL and line
// breaks included: it is for the caller to clean. Returns INVALID_ARGUMENT, with the reason
// CSV_NOT_TEXT when `bytes` are neither UTF-8 nor Shift_JIS, CSV_UNREADABLE when the quotation
// marks do not match.
absl::StatusOr<std::vector<CsvRow>> ReadCsv(const std::string& bytes);

}  // namespace oshirase
