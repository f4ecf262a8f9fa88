// The check-in process: reads its configuration, builds the parts, serves until told to stop.
#include "common/client/channel.h"
#include "common/metrics/metrics_server.h"
#include "common/postgres/pool.h"
#include "common/redis/client.h"
#include "common/server/grpc_server.h"
#include "common/server/process.h"
#include "common/server/wait_for_dependency.h"
#include "common/status/macros.h"
#include "services/checkin/clients/grpc_venue_key_source.h"
#include "services/checkin/config.h"
#include "services/checkin/housekeeping.h"
#include "services/checkin/recorder_metrics.h"
#include "services/checkin/rpc/checkin_service.h"
#include "services/checkin/store/postgres_visit_store.h"
#include "services/checkin/store/redis_day_index.h"
#include "services/checkin/store/redis_visit_cap.h"

namespace oshirase::checkin {
namespace {

constexpr int kConnections = 8;
constexpr int kMaxRequestBytes = 1024 * 1024;  // 500 visits

absl::Status Run() {
  ASSIGN_OR_RETURN(const auto config, ReadConfig(ProcessEnv()));
  InitLog("checkin", config.log_level);
  if (config.clock_offset != absl::ZeroDuration()) {
    LogWarning("the clock is offset", {{"offset_ms", config.clock_offset}});
  }
  RETURN_IF_ERROR(CheckTlsFiles(config.client_tls));
  const Clock clock = OffsetClock(config.clock_offset);
  Metrics metrics;
  ASSIGN_OR_RETURN(const auto metrics_server,
                   MetricsServer::Start(config.metrics_address, metrics));

  postgres::Pool pool({.url = config.database_url,
                       .size = kConnections,
                       .set_up = PostgresVisitStore::PrepareStatements});
  PostgresVisitStore store(pool);
  DayKeeper days(store, clock, config.retention_days);
  // The first visit needs its day's partition. Redis and the registry may come later.
  RETURN_IF_ERROR(WaitForDependency("postgres", [&] { return days.Tend(); }));

  redis::Client redis({.address = config.redis});
  RedisDayIndex index(redis, clock, config.retention_days);
  RedisVisitCap cap(redis, clock);
  IndexHealth index_health;
  GrpcVenueKeySource key_source(
      MakeChannel({.address = config.registry_address,
                   .service = "registry",
                   .retried_methods = {"/oshirase.registry.v1.RegistryService/GetOuterKeys"}},
                  WatchTlsFiles(config.client_tls)));
  VenueKeys keys(key_source);
  VisitCounter counter(store, index, index_health);

  RecorderMetrics recorder_metrics(metrics);
  Recorder recorder(
      {store, index, index_health, keys, clock},
      {.on_batch = [&](const BatchReport& report) { recorder_metrics.Count(report); }});
  // Declared after what it tends, so that it stops first.
  Housekeeping housekeeping({store, index, index_health, days, recorder}, metrics);

  DayCounts day_counts(store, clock, config.retention_days);
  CheckinServiceImpl service({recorder, cap, counter, store, day_counts});
  ASSIGN_OR_RETURN(
      const auto server,
      GrpcServer::Start({.listen_address = config.listen_address,
                         .health_address = config.health_address,
                         .tls = config.server_tls,
                         .max_request_bytes = kMaxRequestBytes,
                         .quiet_methods = {"/oshirase.checkin.v1.CheckinService/RecordVisits",
                                           "/oshirase.checkin.v1.CheckinService/AdmitVisits"}},
                        {.policy = CheckinPolicy()}, {&service}, metrics));
  LogInfo("serving", {{"port", server->port()}});
  server->RunUntilSignal(absl::Seconds(10));
  return absl::OkStatus();
}

}  // namespace
}  // namespace oshirase::checkin

int main() { return oshirase::RunProgram("checkin", oshirase::checkin::Run); }
