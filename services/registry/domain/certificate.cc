#include "services/registry/domain/certificate.h"

namespace oshirase::registry {

const char* NameOf(CertificateState state) {
  switch (state) {
    case CertificateState::kCurrent:
      return "current";
    case CertificateState::kSuperseded:
      return "superseded";
    case CertificateState::kWithdrawn:
      return "withdrawn";
  }
  return "";
}

}  // namespace oshirase::registry
