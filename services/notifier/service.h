// All parts of a notifier put together, in the order in which they need each other.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "common/audit/audit_log.h"
#include "common/keyring/day_keys.h"
#include "common/keyring/keyring.h"
#include "common/keyring/postgres_key_book.h"
#include "common/metrics/metrics.h"
#include "common/postgres/pool.h"
#include "common/server/access_control.h"
#include "services/notifier/clients/grpc_checkin_client.h"
#include "services/notifier/clients/grpc_registry_client.h"
#include "services/notifier/config.h"
#include "services/notifier/domain/batch_sender.h"
#include "services/notifier/domain/caretaker.h"
#include "services/notifier/domain/case_opener.h"
#include "services/notifier/domain/drift_watch.h"
#include "services/notifier/domain/drill_fence.h"
#include "services/notifier/domain/officers.h"
#include "services/notifier/domain/opening_queue.h"
#include "services/notifier/domain/periodic_task.h"
#include "services/notifier/domain/sender.h"
#include "services/notifier/line/http_line_client.h"
#include "services/notifier/notifier_metrics.h"
#include "services/notifier/rpc/notifier_service.h"
#include "services/notifier/store/postgres_audit_trail.h"
#include "services/notifier/store/postgres_case_store.h"
#include "services/notifier/store/postgres_follow_store.h"
#include "services/notifier/store/postgres_outbox.h"

namespace oshirase::notifier {

// What a process has only one of.
struct ServiceBase {
  postgres::Pool& pool;
  keyring::KeyStore& key_store;
  Metrics& metrics;
  Clock clock;
};

// Members are destroyed in reverse, so each may use those above it.
class Service {
 public:
  // The parts of `base` must outlive it. Reads nothing and starts nothing yet.
  Service(const Config& config, ServiceBase base);
  // Stops what Stop() has not stopped.
  ~Service();

  // One round of making and ending keys; see wiring.h.
  absl::Status MaintainKeys();

  // Starts opening, sending and the timers.
  void Start();

  // Ends them: a call to LINE in flight ends by itself. Idempotent.
  void Stop();

  grpc::Service& grpc_service() { return grpc_service_; }
  ServerAccess Access();
  void EndWatches() { grpc_service_.EndWatches(); }

 private:
  DecisionObserver OnDecisions();

  ServiceBase base_;
  audit::AuditLog log_;
  keyring::PostgresKeyBook day_book_;
  keyring::PostgresKeyBook name_book_;
  keyring::Keyring day_ring_;
  keyring::Keyring name_ring_;
  keyring::DayKeys inner_keys_;
  keyring::DayKeys tag_keys_;

  std::shared_ptr<CertificateProvider> certificates_;
  GrpcRegistryClient registry_;
  GrpcCheckinClient checkin_;
  HttpLineClient line_;

  PostgresCaseStore cases_;
  PostgresOutbox outbox_;
  PostgresFollowStore follows_;
  PostgresAuditTrail audit_;

  NotifierMetrics metrics_;
  Officers officers_;
  Departures departures_;
  DayKeyDesk day_keys_;
  CasePreparer preparer_;
  DrillFence fence_;
  CasePreviewer previewer_;
  CaseEntry entry_;
  CaseOpener opener_;
  Sender sender_;
  OpeningQueue openings_;
  Caretaker caretaker_;
  Pacer pacer_;
  BatchSender batch_sender_;
  CaseDecisions decisions_;
  NotifierServiceImpl grpc_service_;

  DriftWatch drift_watch_;

  std::unique_ptr<PeriodicTask> void_teller_;
  std::vector<std::unique_ptr<PeriodicTask>> timers_;
};

}  // namespace oshirase::notifier
