// The notifier process: reads its configuration, builds the parts, serves and sends until told to
// stop.
#include "absl/time/clock.h"
#include "common/client/channel.h"
#include "common/log/log.h"
#include "common/metrics/metrics_server.h"
#include "common/server/process.h"
#include "common/server/stop_signals.h"
#include "common/server/wait_for_dependency.h"
#include "common/status/macros.h"
#include "services/notifier/service.h"
#include "services/notifier/wiring.h"

namespace oshirase::notifier {
namespace {

absl::Status Run() {
  ASSIGN_OR_RETURN(Config config, ReadConfig(ProcessEnv()));
  InitLog("notifier", config.log_level);
  WarnOfClockOffset(config.clock_offset);
  const Clock clock = OffsetClock(config.clock_offset);

  Metrics metrics;
  ASSIGN_OR_RETURN(const auto metrics_server,
                   MetricsServer::Start(config.metrics_address, metrics));
  postgres::Pool pool({.url = config.database_url, .size = 16});
  ASSIGN_OR_RETURN(const auto key_store, OpenKeyStore(config));
  // Only what is its own is waited for; neighbours are asked when they are needed.
  RETURN_IF_ERROR(
      WaitForDependency("postgres", [&] { return pool.Ping(absl::Now() + absl::Seconds(2)); }));

  Service service(config,
                  {.pool = pool, .key_store = *key_store, .metrics = metrics, .clock = clock});
  // Before serving: gateways must find today's keys.
  RETURN_IF_ERROR(WaitForDependency("keyring", [&] { return service.MaintainKeys(); }));
  service.Start();
  ASSIGN_OR_RETURN(const auto server, GrpcServer::Start(ServerOptions(config), service.Access(),
                                                        {&service.grpc_service()}, metrics));
  LogInfo("serving", {{"port", server->port()}, {"health_port", server->health_port()}});
  WaitForStopSignal();
  // Watchers first, or the server would wait for them; then no calls, then no sending.
  server->SetServing(false);
  service.EndWatches();
  server->Shutdown(absl::Seconds(5));
  service.Stop();
  return absl::OkStatus();
}

}  // namespace
}  // namespace oshirase::notifier

int main() { return oshirase::RunProgram("notifier", oshirase::notifier::Run); }
