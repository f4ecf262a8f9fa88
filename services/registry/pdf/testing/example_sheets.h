// Sheets like those of real venues, for tests and for the benchmark.
#pragma once

#include "services/registry/domain/documents.h"

namespace oshirase::registry::pdf {

CheckInCode ExampleCheckIn();

// A noodle shop's certificate with `measures` measures in the groups of the catalogue, every fifth
// of them new.
CertificateSheet ExampleCertificate(int measures);

CheckInSheet ExampleCheckInSheet();

}  // namespace oshirase::registry::pdf
