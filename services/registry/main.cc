// The registry process: reads its configuration, builds the parts, serves until told to stop.
#include <vector>

#include "absl/time/clock.h"
#include "common/audit/audit_log.h"
#include "common/keyring/directory_key_store.h"
#include "common/keyring/postgres_key_book.h"
#include "common/log/log.h"
#include "common/metrics/metrics_server.h"
#include "common/server/grpc_server.h"
#include "common/server/process.h"
#include "common/server/wait_for_dependency.h"
#include "common/status/macros.h"
#include "services/registry/business_side.h"
#include "services/registry/config.h"
#include "services/registry/domain/letter_sealer.h"
#include "services/registry/rpc/registry_policy.h"
#include "services/registry/rpc/registry_service.h"
#include "services/registry/rpc/statement_reader.h"
#include "services/registry/store/key_events.h"
#include "services/registry/store/postgres_audit_store.h"
#include "services/registry/store/postgres_code_change_store.h"
#include "services/registry/store/postgres_officer_store.h"
#include "services/registry/store/postgres_statement_store.h"
#include "services/registry/upkeep.h"
#include "services/registry/wiring.h"

namespace oshirase::registry {
namespace {

constexpr char kSchema[] = "registry";

absl::Status Run() {
  ASSIGN_OR_RETURN(Config config, ReadConfig(ProcessEnv()));
  InitLog("registry", config.log_level);
  WarnOfClockOffset(config.clock_offset);
  const Clock clock = OffsetClock(config.clock_offset);

  Metrics metrics;
  ASSIGN_OR_RETURN(const auto metrics_server,
                   MetricsServer::Start(config.metrics_address, metrics));
  postgres::Pool pool({.url = config.database_url, .size = 12});
  ASSIGN_OR_RETURN(const auto key_store, OpenKeyStore(config));
  RETURN_IF_ERROR(
      WaitForDependency("postgres", [&] { return pool.Ping(absl::Now() + absl::Seconds(2)); }));

  const audit::AuditLog log(kSchema, clock);
  auto day_book = keyring::PostgresKeyBook::OfDays(pool, kSchema, AuditKeyEvents(log));
  auto name_book = keyring::PostgresKeyBook::OfNames(pool, kSchema, AuditKeyEvents(log));
  keyring::Keyring day_ring(*key_store, day_book, clock);
  keyring::Keyring name_ring(*key_store, name_book, clock);
  keyring::DayKeys seeds(day_ring, keyring::kVenueSeed);
  keyring::DayKeys mail_keys(day_ring, kMailKey);
  ASSIGN_OR_RETURN(const auto business, BusinessSide::Create({.config = config,
                                                              .pool = pool,
                                                              .log = log,
                                                              .mail_keys = mail_keys,
                                                              .metrics = metrics,
                                                              .clock = clock}));
  // Before serving: checkin must find the keys of a day on which it can be asked for them.
  PostgresCodeChangeStore code_changes(pool);
  Upkeep upkeep({.seeds = seeds,
                 .mail_keys = mail_keys,
                 .named_keys = name_ring,
                 .log = log,
                 .code_changes = code_changes,
                 .businesses = business->businesses(),
                 .pool = pool,
                 .metrics = metrics,
                 .clock = clock,
                 .retention_days = config.retention_days});
  RETURN_IF_ERROR(WaitForDependency("keyring", [&] { return upkeep.RunOnce(); }));
  upkeep.Start(absl::Minutes(1));

  VenueStore& venues = business->venues();
  PostgresOfficerStore officer_store(pool, log);
  PostgresStatementStore statements(pool, log);
  PostgresAuditStore audit(pool, log);
  Registrar registrar(venues, business->catalogue(), business->certificates(), clock);
  VenueSearch search(venues, audit);
  Officers officers(officer_store, clock);
  RETURN_IF_ERROR(EnrolFirstOperator(officers, config));
  OuterKeys outer_keys(seeds, config.retention_days, clock);
  KeyReleaser releaser({.venues = venues,
                        .officers = officer_store,
                        .statements = statements,
                        .audit = audit,
                        .keys = outer_keys,
                        .read = ReadStatement,
                        .clock = clock,
                        .on_result = CountReleases(metrics)});

  RegistryServiceImpl service({registrar, business->decisions(), search, outer_keys, releaser,
                               officers, audit, code_changes, business->catalogue()});
  const ServerAccess access{
      .policy = RegistryPolicy(), .officers = &officers, .on_refusal = AuditRefusals(audit)};
  std::vector<grpc::Service*> services = business->services();
  services.push_back(&service);
  ASSIGN_OR_RETURN(const auto server,
                   GrpcServer::Start(ServerOptions(config), access, services, metrics));
  business->StartSending();
  LogInfo("serving", {{"port", server->port()}, {"health_port", server->health_port()}});
  server->RunUntilSignal(absl::Seconds(10));
  return absl::OkStatus();
}

}  // namespace
}  // namespace oshirase::registry

int main() { return oshirase::RunProgram("registry", oshirase::registry::Run); }
