// The gateway process: reads its configuration, builds the parts, serves nginx until told to stop.
#include "common/client/channel.h"
#include "common/metrics/metrics_server.h"
#include "common/server/process.h"
#include "common/server/stop_signals.h"
#include "common/server/wait_for_dependency.h"
#include "common/status/macros.h"
#include "services/gateway/backends/grpc_checkin_client.h"
#include "services/gateway/backends/grpc_notifier_client.h"
#include "services/gateway/backends/grpc_registry_client.h"
#include "services/gateway/config.h"
#include "services/gateway/health/readiness.h"
#include "services/gateway/http/server.h"
#include "services/gateway/line/http_reply_sender.h"
#include "services/gateway/routes.h"
#include "services/gateway/venues/venue_change_feed.h"
#include "services/gateway/webhook/webhook_handler.h"

namespace oshirase::gateway {
namespace {

constexpr absl::Duration kProbeTimeout = absl::Seconds(2);
constexpr absl::Duration kReplyGrace = absl::Seconds(5);

SiteOptions SiteOf(const Config& config) {
  return {.facts = {.prefecture_name = config.prefecture_name,
                    .consultation_phone = config.consultation_phone,
                    .public_url = config.public_url,
                    .retention_days = config.retention_days,
                    .more_numbers = config.more_numbers},
          .bot_basic_id = config.bot_basic_id,
          .postal_codes = config.postal_codes,
          .clock = OffsetClock(config.clock_offset)};
}

absl::Status Run() {
  ASSIGN_OR_RETURN(const Config config, ReadConfig(ProcessEnv()));
  InitLog("gateway", config.log_level);
  if (config.clock_offset != absl::ZeroDuration()) {
    LogWarning("the clock is offset", {{"offset_ms", config.clock_offset}});
  }
  const Clock clock = OffsetClock(config.clock_offset);
  Metrics metrics;
  ASSIGN_OR_RETURN(const auto metrics_server,
                   MetricsServer::Start(config.metrics_address, metrics));

  const auto certificates = WatchTlsFiles(config.tls);
  const Channels channels = MakeChannels(config, certificates);
  GrpcRegistryClient registry(channels.registry);
  GrpcCheckinClient checkin(channels.checkin);
  GrpcNotifierClient notifier(channels.notifier);

  // Without the day's keys and a place for visits no webhook could be answered well.
  DayKeyCache keys(notifier, clock);
  RETURN_IF_ERROR(WaitForDependency("notifier", [&keys] { return keys.Refresh(); }));
  const ServiceProbe checkin_probe = MakeServiceProbe(channels.checkin);
  RETURN_IF_ERROR(
      WaitForDependency("checkin", [&] { return ProbeNow(checkin_probe, kProbeTimeout); }));
  keys.Start();

  // What answers webhooks, in the order that it ends in reverse: each waits for its own calls.
  HttpReplySender replies(
      {.api_base = config.line_api_base, .channel_access_token = config.channel_access_token},
      metrics);
  VisitRecorder recorder(checkin, metrics);
  VenueCache venues(registry, metrics);
  VenueChangeFeed venue_changes(registry, venues, metrics);
  venue_changes.Start();
  const ReplyTexts texts({.prefecture_name = config.prefecture_name,
                          .consultation_phone = config.consultation_phone,
                          .retention_days = config.retention_days});
  const CheckIn check_in({venues, keys, recorder, texts, clock});
  const SignatureVerifier signatures(config.channel_secrets);
  WebhookHandler webhooks({signatures, check_in, notifier, replies, texts, metrics, clock},
                          config.bot_user_id);

  SiteClients clients(channels);
  ASSIGN_OR_RETURN(const auto pages,
                   SitePages::Create(clients.Backends(venues), SiteOf(config), config.form_key));
  ASSIGN_OR_RETURN(const auto api,
                   Api::Create(clients.ForApi(), {config.public_url, config.bot_basic_id},
                               config.form_key, clock));
  Readiness readiness(keys,
                      {{"checkin", checkin_probe, /*needed=*/true},
                       {"registry", MakeServiceProbe(channels.registry), /*needed=*/false},
                       {"notifier", MakeServiceProbe(channels.notifier), /*needed=*/false}},
                      metrics);

  ASSIGN_OR_RETURN(const auto server,
                   HttpServer::Start({.socket_path = config.listen_socket,
                                      .threads = config.http_threads,
                                      .error_page =
                                          [&](const HttpRequest& request, int status) {
                                            return ErrorAnswer(*pages, *api, request, status);
                                          }},
                                     AllRoutes(webhooks, *pages, *api, readiness), metrics));
  LogInfo("serving");
  WaitForStopSignal();
  server->Shutdown();
  replies.Shutdown(kReplyGrace);
  LogInfo("stopped");
  return absl::OkStatus();
}

}  // namespace
}  // namespace oshirase::gateway

int main() { return oshirase::RunProgram("gateway", &oshirase::gateway::Run); }
