#include "services/registry/mail/mail_metrics.h"

#include <catch2/catch.hpp>

namespace oshirase::registry {
namespace {

bool Shows(const Metrics& metrics, const std::string& line) {
  return metrics.Text().find(line + "\n") != std::string::npos;
}

TEST_CASE("attempts are counted by kind and outcome, failures by reason") {
  Metrics metrics;
  MailMetrics mail(metrics);

  mail.OnAttempt(MailKind::kUpkeepLink, MailEnd::Outcome::kSent, "", absl::Seconds(1));
  mail.OnAttempt(MailKind::kUpkeepLink, MailEnd::Outcome::kRetry, "MAIL_DEFERRED",
                 absl::Seconds(1));
  mail.OnAttempt(MailKind::kUpkeepLink, MailEnd::Outcome::kFailed, "MAIL_REFUSED",
                 absl::Seconds(1));
  mail.OnAttempt(MailKind::kUpkeepLink, MailEnd::Outcome::kExpired, "MAIL_EXPIRED",
                 absl::ZeroDuration());

  const std::string attempts = "oshirase_registry_mail_attempts_total{kind=\"UPKEEP_LINK\",";
  for (const char* outcome : {"sent", "put_off", "failed", "expired"})
    CHECK(Shows(metrics, attempts + "outcome=\"" + outcome + "\"} 1"));
  CHECK(Shows(metrics, "oshirase_registry_mail_failures_total{reason=\"MAIL_REFUSED\"} 1"));
  CHECK(Shows(metrics, "oshirase_registry_mail_attempt_seconds_count 4"));
}

TEST_CASE("the queue is shown by kind, with the age of the oldest, and falls to nothing") {
  Metrics metrics;
  MailMetrics mail(metrics);
  const absl::Time now = absl::FromUnixSeconds(1'607'580'000);
  const std::string queued = "oshirase_registry_mails_queued{kind=\"UPKEEP_LINK\"} ";

  mail.OnFigures(
      {.queued = {{MailKind::kUpkeepLink, 3}}, .oldest_create_time = now - absl::Seconds(90)}, now);
  CHECK(Shows(metrics, queued + "3"));
  CHECK(Shows(metrics, "oshirase_registry_mail_oldest_seconds 90"));

  mail.OnFigures({}, now);
  CHECK(Shows(metrics, queued + "0"));
  CHECK(Shows(metrics, "oshirase_registry_mail_oldest_seconds 0"));
}

TEST_CASE("a server in trouble shows") {
  Metrics metrics;
  MailMetrics mail(metrics);
  CHECK(Shows(metrics, "oshirase_registry_mail_server_usable 1"));
  mail.OnServer(false);
  CHECK(Shows(metrics, "oshirase_registry_mail_server_usable 0"));
}

}  // namespace
}  // namespace oshirase::registry
