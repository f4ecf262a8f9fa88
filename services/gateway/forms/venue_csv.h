// A list of venues as a CSV file: which columns it has, what its rows say, and everything that is
// wrong with it. A row says what the registration form asks for, and is checked as the form is.
#pragma once

#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/form_problem.h"

namespace oshirase::gateway {

// What is wrong at one place of the file.
struct CsvProblem {
  int line = 0;        // As in the file, from 1.
  std::string column;  // Its heading; "" for the line as a whole.
  FormProblem problem;
};

struct VenueCsv {
  std::vector<VenueDetails> venues;
  std::vector<int> lines;            // Where each venue's row begins.
  std::vector<CsvProblem> problems;  // With any, `venues` is not for use.
};

// Reads the bytes of a file.
VenueCsv ReadVenueCsv(const std::string& bytes, const catalogue::Catalogue& catalogue);

// A file with the headings and one row to be written over, in UTF-8 with the byte order mark that
// Excel needs.
std::string VenueCsvTemplate(const catalogue::Catalogue& catalogue);

// Every industry's measures: what may stand in the column for measures, by its id or its words.
std::string MeasureCsv(const catalogue::Catalogue& catalogue);

// The heading of the column that asks for `field` of a registration; "" for none.
std::string CsvHeadingOf(const std::string& field);

}  // namespace oshirase::gateway
