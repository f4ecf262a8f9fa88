// The business's side of the registry, put together: registering, upkeep, documents, mails; with
// what anybody may see of it, and the register desk that looks after it.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "common/audit/audit_log.h"
#include "common/catalogue/catalogue.h"
#include "common/keyring/day_keys.h"
#include "common/metrics/metrics.h"
#include "common/postgres/pool.h"
#include "common/time/clock.h"
#include "grpcpp/impl/service_type.h"
#include "services/registry/config.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/venue_decisions.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

// What it is built on. All must outlive it.
struct BusinessSideParts {
  const Config& config;
  postgres::Pool& pool;
  const audit::AuditLog& log;
  keyring::DayKeys& mail_keys;
  Metrics& metrics;
  Clock clock;
};

class BusinessSide {
 public:
  // Returns FAILED_PRECONDITION when a font is not installed, INTERNAL when a template or the
  // catalogue is broken, which tests rule out.
  static absl::StatusOr<std::unique_ptr<BusinessSide>> Create(const BusinessSideParts& parts);

  virtual ~BusinessSide() = default;

  // Begins to send mails; until then they wait. To be called once, when serving.
  virtual void StartSending() = 0;

  // What it serves.
  virtual std::vector<grpc::Service*> services() = 0;
  virtual BusinessStore& businesses() = 0;
  virtual VenueStore& venues() = 0;
  virtual const catalogue::Catalogue& catalogue() const = 0;
  virtual const CertificateMaker& certificates() const = 0;
  virtual VenueDecisions& decisions() = 0;
};

}  // namespace oshirase::registry
