#include "services/registry/testing/mail_outbox_contract.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"

namespace oshirase::registry {
namespace {

using Outcome = MailEnd::Outcome;

const absl::Time kNow = absl::FromUnixMicros(1'607'580'000'123'456);
constexpr absl::Duration kLease = absl::Minutes(5);

OutboxMail ExampleMail(absl::Duration life = absl::Hours(72)) {
  return {.mail_id = ids::NewUuid(),
          .kind = MailKind::kUpkeepLink,
          .sealed_letter = std::string("sealed\0\xFF letter", 15),
          .create_time = kNow,
          .expire_time = kNow + life};
}

OutboxMail Add(MailOutbox& outbox, absl::Duration life = absl::Hours(72)) {
  const OutboxMail mail = ExampleMail(life);
  REQUIRE(outbox.Enqueue(mail).ok());
  return mail;
}

std::vector<ClaimedMail> Claim(MailOutbox& outbox, absl::Time now = kNow, int limit = 1) {
  const auto claimed = outbox.Claim({.now = now, .lease = kLease, .limit = limit});
  REQUIRE(claimed.ok());
  return *claimed;
}

MailEnd EndOf(const ClaimedMail& claimed, Outcome outcome, absl::Time retry_time = kNow) {
  return {.mail_id = claimed.mail.mail_id,
          .lease_id = claimed.lease_id,
          .outcome = outcome,
          .now = kNow,
          .reason = outcome == Outcome::kSent ? "" : "MAIL_DEFERRED",
          .retry_time = retry_time};
}

bool IsQueued(MailOutbox& outbox) {
  const auto next = outbox.NextClaimTime();
  REQUIRE(next.ok());
  return next->has_value();
}

bool IsLost(const absl::Status& status) { return ReasonOf(status) == "MAIL_LEASE_LOST"; }

void ComesBackWhole(MailOutbox& outbox) {
  const OutboxMail mail = Add(outbox);

  const auto claimed = Claim(outbox);

  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].mail.mail_id == mail.mail_id);
  CHECK(claimed[0].mail.kind == mail.kind);
  CHECK(claimed[0].mail.sealed_letter == mail.sealed_letter);
  CHECK(claimed[0].mail.create_time == mail.create_time);
  CHECK(claimed[0].mail.expire_time == mail.expire_time);
  CHECK(claimed[0].attempts == 1);
}

void EnqueuedTwice(MailOutbox& outbox) {
  const OutboxMail mail = Add(outbox);

  CHECK(outbox.Enqueue(mail).ok());

  CHECK(Claim(outbox, kNow, 10).size() == 1);
}

void HeldUntilTheLeaseEnds(MailOutbox& outbox) {
  Add(outbox);
  REQUIRE(Claim(outbox).size() == 1);

  CHECK(Claim(outbox, kNow + kLease - absl::Seconds(1)).empty());
  const auto again = Claim(outbox, kNow + kLease);

  REQUIRE(again.size() == 1);
  CHECK(again[0].attempts == 2);
}

void ShortLivedFirst(MailOutbox& outbox) {
  Add(outbox);
  Add(outbox);
  const OutboxMail link = Add(outbox, absl::Minutes(30));

  const auto claimed = Claim(outbox);

  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].mail.mail_id == link.mail_id);
}

void NotBeforeItsTime(MailOutbox& outbox) {
  Add(outbox);
  const auto claimed = Claim(outbox);
  const absl::Time later = kNow + absl::Minutes(1);

  CHECK(outbox.End(EndOf(claimed[0], Outcome::kRetry, later)).ok());

  CHECK(outbox.NextClaimTime().value() == later);
  CHECK(Claim(outbox, later - absl::Seconds(1)).empty());
  CHECK(Claim(outbox, later).size() == 1);
}

void LeavesTheQueue(MailOutbox& outbox) {
  for (const auto outcome : {Outcome::kSent, Outcome::kFailed, Outcome::kExpired}) {
    Add(outbox);
    const auto claimed = Claim(outbox);
    REQUIRE(claimed.size() == 1);

    CHECK(outbox.End(EndOf(claimed[0], outcome)).ok());

    CHECK_FALSE(IsQueued(outbox));
    CHECK(Claim(outbox, kNow + absl::Hours(100)).empty());
  }
}

void LostLease(MailOutbox& outbox) {
  Add(outbox);
  const auto slow = Claim(outbox);
  const auto fast = Claim(outbox, kNow + kLease);
  REQUIRE(fast.size() == 1);

  CHECK(IsLost(outbox.End(EndOf(slow[0], Outcome::kRetry))));
  CHECK(IsLost(outbox.End(EndOf(slow[0], Outcome::kFailed))));
  CHECK(IsLost(outbox.End(EndOf(slow[0], Outcome::kExpired))));
  CHECK(IsQueued(outbox));
  CHECK(outbox.End(EndOf(slow[0], Outcome::kSent)).ok());
  CHECK_FALSE(IsQueued(outbox));
  CHECK(IsLost(outbox.End(EndOf(fast[0], Outcome::kFailed))));
  CHECK(outbox.End(EndOf(fast[0], Outcome::kSent)).ok());
}

void UnknownMail(MailOutbox& outbox) {
  const ClaimedMail unknown{.mail = ExampleMail(), .lease_id = ids::NewUuid()};
  CHECK(IsLost(outbox.End(EndOf(unknown, Outcome::kSent))));
}

void Forgetting(MailOutbox& outbox) {
  Add(outbox);
  REQUIRE(outbox.End(EndOf(Claim(outbox)[0], Outcome::kSent)).ok());
  const OutboxMail waiting = Add(outbox);

  CHECK(outbox.ForgetSettled(kNow).value() == 0);
  CHECK(outbox.ForgetSettled(kNow + absl::Hours(1000)).value() == 1);

  CHECK(Claim(outbox)[0].mail.mail_id == waiting.mail_id);
}

void Figures(MailOutbox& outbox) {
  CHECK_FALSE(outbox.Figures().value().oldest_create_time.has_value());
  Add(outbox);
  Add(outbox);
  OutboxMail older = ExampleMail();
  older.create_time -= absl::Hours(1);
  older.kind = MailKind::kEnquiryReceived;
  REQUIRE(outbox.Enqueue(older).ok());
  REQUIRE(Claim(outbox).size() == 1);

  const auto figures = outbox.Figures();

  REQUIRE(figures.ok());
  CHECK(figures->queued ==
        std::map<MailKind, int64_t>{{MailKind::kUpkeepLink, 2}, {MailKind::kEnquiryReceived, 1}});
  CHECK(figures->oldest_create_time == older.create_time);
}

}  // namespace

const Contract<MailOutbox>& MailOutboxContract() {
  static const auto& contract = *new Contract<MailOutbox>{
      {"a mail comes back as it was put in", ComesBackWhole},
      {"a mail put in twice is there once", EnqueuedTwice},
      {"a claimed mail is nobody else's until its lease ends", HeldUntilTheLeaseEnds},
      {"what expires first is claimed first", ShortLivedFirst},
      {"a mail put off is claimed at its time and not before", NotBeforeItsTime},
      {"a mail that was sent, failed or expired has left the queue", LeavesTheQueue},
      {"without the lease nothing counts but that it was sent", LostLease},
      {"a mail nobody knows cannot end", UnknownMail},
      {"what is settled long ago is forgotten, what waits is not", Forgetting},
      {"the figures tell what is queued, and since when", Figures},
  };
  return contract;
}

}  // namespace oshirase::registry
