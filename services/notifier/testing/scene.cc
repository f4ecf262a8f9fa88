#include "services/notifier/testing/scene.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/crypto/inner_seal.h"
#include "common/crypto/outer_keys.h"
#include "common/crypto/outer_seal.h"
#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using crypto::SignatureRole;

constexpr char kPrefecture[] = "神奈川県";
constexpr char kPhone[] = "045-000-0000";
constexpr char kUrl[] = "https://example.jp";

Officer EnrolledOfficer(const std::string& id, Roles roles, const crypto::SigningKey& key) {
  return {.officer_id = id, .roles = roles, .keys = {key.verify_key()}};
}

}  // namespace

VenueId TestVenue(int n) { return {absl::StrFormat("00000000-0000-4000-8000-%012x", n)}; }

ids::LineUserId TestPerson(int n) {
  ids::LineUserId id;
  for (size_t i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<uint8_t>(n >> (8 * i));
  return id;
}

std::string TestUserId(int n) { return ids::FormatLineUserId(TestPerson(n)); }

absl::Time TestNoon() {
  return absl::FromCivil(absl::CivilSecond(2020, 12, 2, 3, 0, 0), absl::UTCTimeZone());
}

Scene::Process::Process(Scene& scene)
    : day_ring(scene.key_store, scene.day_book, [&scene] { return scene.now(); }),
      name_ring(scene.key_store, scene.name_book, [&scene] { return scene.now(); }),
      inner_keys(day_ring, keyring::kInnerKey),
      officers(scene.registry, [&scene] { return scene.now(); }),
      departures(scene.follows, name_ring),
      preparer({scene.cases, scene.registry, scene.line, [&scene] { return scene.now(); }},
               {.prefecture = kPrefecture, .consultation_phone = kPhone, .public_url = kUrl}),
      fence({officers, scene.registry, scene.cases, scene.audit}),
      previewer({scene.cases, scene.checkin, fence, scene.audit, scene.reader,
                 [&scene] { return scene.now(); }},
                kRetentionDays),
      entry({scene.cases, officers, preparer, previewer, fence, scene.audit, scene.reader,
             [&scene] { return scene.now(); }},
            kRetentionDays),
      opener({scene.cases, scene.outbox, scene.registry, scene.checkin, departures, inner_keys,
              name_ring, scene.reader, [&scene] { return scene.now(); }}),
      decisions({scene.cases, scene.outbox, officers, scene.registry, previewer, scene.audit,
                 scene.reader, [&scene] { return scene.now(); }},
                {.on_approved = [this](const std::string& case_id,
                                       Release release) { releases[case_id] = std::move(release); },
                 .on_to_open = [](const std::string&) {},
                 .on_to_send = [] {},
                 .on_ended = [this] { ++voids_to_tell; }}),
      pacer(198, 1000, absl::UnixEpoch()),
      sender({scene.outbox, scene.line, departures, name_ring, pacer, scene.observer,
              [&scene] { return scene.now(); },
              [&scene] { return absl::UnixEpoch() + scene.steady_; },
              [](absl::Duration) { return true; }}) {}

Scene::Scene(absl::Time now)
    : registry([this](const std::string& bytes) { return reader(bytes); }), now_(now) {
  reader = [this](const std::string& bytes) -> absl::StatusOr<Statement> {
    const auto found = statements_.find(bytes);
    if (found == statements_.end()) return absl::InvalidArgumentError("no statement");
    return found->second;
  };
  registry.SetReleaseEnd(now + absl::Hours(24));
  line.SetLifeline(&db.lifeline);
  const std::map<std::string, Roles> officers = {
      {"officer-a", {Role::kSubmit, Role::kApprove}},
      {"officer-b", {Role::kApprove}},
      {"officer-c", {Role::kApprove}},
      {"driller", {Role::kDrill}},
      {"driller-b", {Role::kDrill}},
      {"auditor", {Role::kAudit}},
  };
  for (const auto& [id, roles] : officers) {
    auto key = crypto::SigningKey::FromSeed(crypto::SecretKey::Random());
    registry.Enrol(EnrolledOfficer(id, roles, key));
    signing_keys_.emplace(id, std::move(key));
  }
  process_ = std::make_unique<Process>(*this);
  REQUIRE_OK(process_->inner_keys.EnsureDays(DayOf(now) - kRetentionDays, DayOf(now) + 1));
}

void Scene::RestartProcess() {
  db.lifeline.Restart();
  process_ = std::make_unique<Process>(*this);
}

void Scene::Advance(absl::Duration duration) {
  now_ += duration;
  steady_ += duration;
}

Exposure Scene::MakeExposure(int venue, absl::Time from, absl::Time to) {
  return {.venue_id = TestVenue(venue),
          .from = from,
          .to = to,
          .stay = absl::Hours(1),
          .linger = absl::Minutes(30)};
}

std::vector<Message> Scene::MessagesOf(const Statement& statement) {
  std::vector<Message> messages;
  for (const MessageTemplate& each : BuiltInTemplates()) {
    if (each.name != statement.template_name || each.drill != statement.drill) continue;
    messages.push_back(RenderMessage(each, {.prefecture = kPrefecture,
                                            .consultation_phone = kPhone,
                                            .public_url = kUrl,
                                            .notice_number = statement.notice_number}));
  }
  return messages;
}

Statement Scene::MakeStatement(const std::vector<Exposure>& exposures, bool drill) {
  Statement statement{.request_id = ids::NewUuid(),
                      .case_ref = "K-1",
                      .notice_number = ids::NewPublicNumber().value,
                      .drill = drill,
                      .exposures = exposures,
                      .template_name = "inform",
                      .template_version = 1,
                      .expire_time = now_ + absl::Hours(1)};
  for (const Message& message : MessagesOf(statement)) {
    statement.message_digests.push_back(
        {message.language, crypto::Sha256(message.line_messages_json)});
  }
  REQUIRE_OK(cases.ReserveNoticeNumber(statement.notice_number, now_));
  return statement;
}

std::string Scene::Encode(const Statement& statement) {
  std::string bytes = absl::StrCat("statement ", statements_.size());
  statements_[bytes] = statement;
  return bytes;
}

OfficerSignature Scene::Sign(const std::string& officer_id, SignatureRole role,
                             const std::string& statement) {
  const auto made =
      crypto::SignStatement(signing_keys_.at(officer_id), role, crypto::Sha256(statement), now_);
  return {officer_id, role, made.signed_at, made.signature};
}

SealedVisit Scene::Seal(int person, int venue, absl::Time scan, std::optional<absl::Time> left) {
  const Day day = DayOf(scan);
  const int hour = HourOf(scan);
  const auto venue_id = *ids::ParseUuid(TestVenue(venue).value);
  const auto inner_key = *process_->inner_keys.Get(day);
  const auto inner =
      crypto::SealInner(*inner_key, {day, venue_id}, {TestPerson(person), scan, left});
  const auto pair = crypto::DeriveOuterKeyPair(registry.Seed(day), {day, venue_id, hour});
  crypto::OuterSealer sealer([this] { return now_; });
  return {TestVenue(venue), day, hour, *sealer.Seal(pair.public_key, inner)};
}

void Scene::Visit(int person, int venue, absl::Time scan, std::optional<absl::Time> left) {
  checkin.Add(Seal(person, venue, scan, left));
}

absl::StatusOr<Case> Scene::Submit(const Statement& statement) {
  const std::string bytes = Encode(statement);
  return process_->entry.Submit(
      "officer-a",
      {bytes, Sign("officer-a", SignatureRole::kSubmit, bytes), MessagesOf(statement)});
}

absl::StatusOr<Case> Scene::Approve(const std::string& case_id, const std::string& officer_id) {
  const auto file = cases.GetFile(case_id);
  if (!file.ok()) return file.status();
  return process_->decisions.Approve(officer_id, case_id,
                                     Sign(officer_id, SignatureRole::kApprove, file->statement));
}

absl::StatusOr<Case> Scene::Reject(const std::string& case_id, const std::string& officer_id) {
  const auto file = cases.GetFile(case_id);
  if (!file.ok()) return file.status();
  return process_->decisions.Reject(officer_id, case_id,
                                    Sign(officer_id, SignatureRole::kReject, file->statement),
                                    "wrong place");
}

absl::StatusOr<Case> Scene::Cancel(const std::string& case_id, const std::string& officer_id) {
  const auto file = cases.GetFile(case_id);
  if (!file.ok()) return file.status();
  return process_->decisions.Cancel(officer_id, case_id,
                                    Sign(officer_id, SignatureRole::kReject, file->statement));
}

std::string Scene::SubmitAndApprove(const std::vector<Exposure>& exposures) {
  const auto entered = Submit(MakeStatement(exposures));
  REQUIRE_OK(entered);
  REQUIRE_OK(Approve(entered->case_id, "officer-b"));
  return entered->case_id;
}

void Scene::OpenApproved() {
  const auto to_open = cases.CasesToOpen();
  if (!to_open.ok()) return;
  for (const std::string& case_id : *to_open) {
    std::optional<Release> release;
    const auto held = process_->releases.find(case_id);
    if (held != process_->releases.end()) release = std::move(held->second);
    process_->releases.erase(case_id);
    process_->opener.Open(case_id, std::move(release)).IgnoreError();  // the next round tries again
  }
}

int Scene::SendDue() {
  const auto claimed = outbox.Claim({.now = now_, .lease = kBatchLease, .limit = 50});
  if (!claimed.ok()) return 0;
  for (const ClaimedBatch& batch : *claimed) {
    process_->sender.Send(batch).IgnoreError();  // left to its lease
    Advance(absl::Milliseconds(1));
  }
  return static_cast<int>(claimed->size());
}

void Scene::RunAll(absl::Duration patience) {
  const absl::Time end = now_ + patience;
  while (!db.lifeline.dead() && now_ <= end) {
    OpenApproved();
    if (SendDue() > 0) continue;
    const auto sending = outbox.CasesInSending();
    if (sending.ok()) {
      for (const std::string& case_id : *sending) outbox.FinishCase(case_id, now_).IgnoreError();
    }
    const auto next = outbox.NextClaimTime();
    if (!next.ok() || !next->has_value()) {
      const auto to_open = cases.CasesToOpen();
      if (!to_open.ok() || to_open->empty()) return;
      Advance(absl::Seconds(1));
      continue;
    }
    Advance(std::max(**next - now_, absl::Milliseconds(1)));
  }
}

Case Scene::Read(const std::string& case_id) {
  const auto summary = cases.Get(case_id);
  REQUIRE_OK(summary);
  return *summary;
}

std::vector<BatchRow> Scene::Batches(const std::string& case_id) {
  absl::MutexLock lock(&db.mu);
  std::vector<BatchRow> batches;
  for (const auto& [id, batch] : db.batches) {
    if (batch.case_id == case_id) batches.push_back(batch);
  }
  return batches;
}

}  // namespace oshirase::notifier
