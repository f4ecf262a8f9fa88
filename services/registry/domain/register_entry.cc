#include "services/registry/domain/register_entry.h"

namespace oshirase::registry {

CertificateSummary SummaryOf(const IssuedCertificate& certificate) {
  return {.number = certificate.number,
          .version = certificate.version,
          .issue_time = certificate.issue_time,
          .state = certificate.state};
}

}  // namespace oshirase::registry
