#include "services/notifier/service.h"

#include <string>
#include <utility>

#include "common/client/channel.h"
#include "services/notifier/rpc/notifier_policy.h"
#include "services/notifier/rpc/statement_reader.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/postgres_clock.h"
#include "services/notifier/wiring.h"

namespace oshirase::notifier {
namespace {

// A tenth of a second's calls may go at once, and LINE's own bucket never overflows.
constexpr int kBurst = 20;

}  // namespace

Service::Service(const Config& config, ServiceBase base)
    : base_(std::move(base)),
      log_(kSchema, base_.clock),
      day_book_(keyring::PostgresKeyBook::OfDays(base_.pool, kSchema, AuditKeyEvents(log_))),
      name_book_(keyring::PostgresKeyBook::OfNames(base_.pool, kSchema, AuditKeyEvents(log_))),
      day_ring_(base_.key_store, day_book_, base_.clock),
      name_ring_(base_.key_store, name_book_, base_.clock),
      inner_keys_(day_ring_, keyring::kInnerKey),
      tag_keys_(day_ring_, keyring::kTagKey),
      certificates_(WatchTlsFiles(config.client_tls)),
      registry_(MakeChannel({.address = config.registry_address,
                             .service = "registry",
                             .retried_methods = RetriedRegistryMethods()},
                            certificates_)),
      checkin_(MakeChannel({.address = config.checkin_address,
                            .service = "checkin",
                            .retried_methods = RetriedCheckinMethods()},
                           certificates_)),
      line_({.api_base = config.line_api_base,
             .access_token = config.line_access_token,
             .read_access_token =
                 [file = config.line_access_token_file] { return ReadAccessToken(file); }}),
      cases_(base_.pool, log_),
      outbox_(base_.pool, log_),
      follows_(base_.pool),
      audit_(base_.pool, log_),
      metrics_(base_.metrics, base_.clock),
      officers_(registry_, base_.clock),
      departures_(follows_, name_ring_),
      day_keys_(inner_keys_, tag_keys_, base_.clock, config.retention_days),
      preparer_({cases_, registry_, line_, base_.clock}, PreparerOptionsOf(config)),
      fence_({officers_, registry_, cases_, audit_}),
      previewer_({cases_, checkin_, fence_, audit_, ReadStatement, base_.clock},
                 config.retention_days),
      entry_({cases_, officers_, preparer_, previewer_, fence_, audit_, ReadStatement, base_.clock},
             config.retention_days),
      opener_({cases_, outbox_, registry_, checkin_, departures_, inner_keys_, name_ring_,
               ReadStatement, base_.clock}),
      sender_(outbox_, base_.clock, {.workers = config.sender_workers}),
      openings_(opener_, cases_, [this] { sender_.Wake(); }),
      caretaker_({cases_, outbox_, registry_, opener_, openings_, name_ring_, base_.clock}),
      pacer_(config.sender_rate, kBurst, SteadyClock()()),
      batch_sender_({outbox_, line_, departures_, name_ring_, pacer_, metrics_, base_.clock,
                     SteadyClock(), [this](absl::Duration wait) { return sender_.Wait(wait); }}),
      decisions_(
          {cases_, outbox_, officers_, registry_, previewer_, audit_, ReadStatement, base_.clock},
          OnDecisions()),
      grpc_service_({cases_, preparer_, previewer_, entry_, decisions_, fence_, day_keys_,
                     departures_, audit_}),
      // The machine's clock: one that is moved on purpose is warned of at start.
      drift_watch_(
          {.database_time = [this] { return DatabaseTime(base_.pool); },
           .clock = SystemClock(),
           .on_measured = [this](absl::Duration ahead) { metrics_.OnClockDrift(ahead); }}) {}

Service::~Service() { Stop(); }

DecisionObserver Service::OnDecisions() {
  return {.on_approved = [this](const std::string& case_id,
                                Release release) { openings_.Add(case_id, std::move(release)); },
          .on_to_open = [this](const std::string& case_id) { openings_.Add(case_id, {}); },
          .on_to_send = [this] { sender_.Wake(); },
          .on_ended = [this] { void_teller_->Wake(); }};
}

absl::Status Service::MaintainKeys() {
  return notifier::MaintainKeys(day_keys_, departures_, metrics_);
}

void Service::Start() {
  openings_.Start();
  sender_.Start(batch_sender_);
  void_teller_ =
      std::make_unique<PeriodicTask>(absl::Seconds(10), [this] { caretaker_.TellVoids(); });
  const auto every = [this](absl::Duration period, std::function<void()> task) {
    timers_.push_back(std::make_unique<PeriodicTask>(period, std::move(task)));
  };
  every(absl::Seconds(5), [this] { caretaker_.TidyUp(); });
  every(absl::Seconds(5), [this] { metrics_.Refresh(cases_, outbox_); });
  every(absl::Minutes(1), [this] {
    caretaker_.LookForLateVisits();
    caretaker_.ForgetCases();
  });
  every(absl::Minutes(1), [this] { MaintainKeys().IgnoreError(); });  // it logs for itself
  every(absl::Minutes(1), [this] { drift_watch_.Look(); });
  every(absl::Minutes(10), [this] { SignAuditHead(log_, base_.pool, name_ring_); });
}

void Service::Stop() {
  timers_.clear();
  void_teller_.reset();
  openings_.Stop();
  sender_.Stop();
}

ServerAccess Service::Access() {
  return {.policy = NotifierPolicy(), .officers = &officers_, .on_refusal = AuditRefusals(audit_)};
}

}  // namespace oshirase::notifier
