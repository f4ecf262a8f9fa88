// A whole notifier over fakes, driven step by step by a test: a clock that the test moves, officers
// who sign, people who visit, a process that can be thrown away and begun anew. No threads: what
// the queues and timers would do, RunAll() does.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/crypto/signing_key.h"
#include "common/keyring/day_keys.h"
#include "common/keyring/keyring.h"
#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "common/log/testing/captured_log.h"
#include "services/notifier/domain/batch_sender.h"
#include "services/notifier/domain/case_decisions.h"
#include "services/notifier/domain/case_entry.h"
#include "services/notifier/domain/case_opener.h"
#include "services/notifier/domain/case_preparer.h"
#include "services/notifier/testing/fake_case_store.h"
#include "services/notifier/testing/fake_line.h"
#include "services/notifier/testing/fake_neighbours.h"
#include "services/notifier/testing/fake_outbox.h"

namespace oshirase::notifier {

// What was counted of sending. To be read when nobody sends any more.
class CountingObserver final : public SendObserver {
 public:
  void OnLineCall(int status, absl::Duration /*duration*/) override {
    absl::MutexLock lock(&mu_);
    ++calls[status];
  }
  void OnUnexplainedLimit(absl::Time /*time*/) override {
    absl::MutexLock lock(&mu_);
    ++unexplained;
  }
  void OnPaused(const char* reason) override {
    absl::MutexLock lock(&mu_);
    paused.emplace_back(reason);
  }

  std::map<int, int> calls;
  int unexplained = 0;
  std::vector<std::string> paused;

 private:
  absl::Mutex mu_;
};

// The n-th venue and the n-th person of a test.
VenueId TestVenue(int n);
ids::LineUserId TestPerson(int n);
// "U..." of the n-th person.
std::string TestUserId(int n);
// 2020-12-02 12:00 in Japan.
absl::Time TestNoon();

// Not thread-safe.
class Scene {
 public:
  static constexpr int kRetentionDays = 21;

  explicit Scene(absl::Time now = TestNoon());

  // Throws the process away and begins another over the same database, keyring and neighbours.
  void RestartProcess();

  // A statement over `exposures`, good for an hour.
  Statement MakeStatement(const std::vector<Exposure>& exposures, bool drill = false);
  // The messages of a statement as PrepareCase renders them, without venues' names.
  static std::vector<Message> MessagesOf(const Statement& statement);
  // An exposure of the n-th venue from `from` to `to`, stay 1 h, linger 30 min.
  Exposure MakeExposure(int venue, absl::Time from, absl::Time to);
  // Bytes that the scene's reader reads as `statement`; each call gives others.
  std::string Encode(const Statement& statement);
  OfficerSignature Sign(const std::string& officer_id, crypto::SignatureRole role,
                        const std::string& statement);

  // A visit of the n-th person, sealed with both locks as gateway and checkin do it.
  void Visit(int person, int venue, absl::Time scan, std::optional<absl::Time> left = std::nullopt);
  SealedVisit Seal(int person, int venue, absl::Time scan, std::optional<absl::Time> left);

  // Enters a case as officer-a.
  absl::StatusOr<Case> Submit(const Statement& statement);
  absl::StatusOr<Case> Approve(const std::string& case_id, const std::string& officer_id);
  absl::StatusOr<Case> Reject(const std::string& case_id, const std::string& officer_id);
  absl::StatusOr<Case> Cancel(const std::string& case_id, const std::string& officer_id);
  // Enters and approves a case.
  std::string SubmitAndApprove(const std::vector<Exposure>& exposures);

  // Opens what is approved and sends what is due, moving the clock over back-offs and leases for at
  // most `patience`, until nothing is left to do or the process is dead.
  void RunAll(absl::Duration patience = absl::Hours(48));
  // Opens what is approved.
  void OpenApproved();
  // Sends what is due now; how many batches.
  int SendDue();

  Case Read(const std::string& case_id);
  // The batches of a case, in no order.
  std::vector<BatchRow> Batches(const std::string& case_id);

  absl::Time now() const { return now_; }
  void Advance(absl::Duration duration);
  // Somebody sets the machine's clock; the steady one does not notice.
  void SetClock(absl::Time now) { now_ = now; }

  CapturedLog log;
  FakeDatabase db;
  FakeCaseStore cases{db};
  FakeOutbox outbox{db};
  FakeAuditTrail audit{db};
  FakeFollowStore follows;
  FakeLine line;
  FakeCheckin checkin;
  FakeRegistry registry;
  keyring::FakeKeyStore key_store;
  keyring::FakeKeyBook day_book;
  keyring::FakeKeyBook name_book;
  CountingObserver observer;
  std::function<absl::StatusOr<Statement>(const std::string&)> reader;

  // What dies with the process.
  struct Process;
  Process& process() { return *process_; }

 private:
  absl::Time now_;
  absl::Duration steady_;
  std::map<std::string, crypto::SigningKey> signing_keys_;
  std::map<std::string, Statement> statements_;
  std::unique_ptr<Process> process_;
};

struct Scene::Process {
  explicit Process(Scene& scene);

  keyring::Keyring day_ring;
  keyring::Keyring name_ring;
  keyring::DayKeys inner_keys;
  Officers officers;
  Departures departures;
  CasePreparer preparer;
  DrillFence fence;
  CasePreviewer previewer;
  CaseEntry entry;
  CaseOpener opener;
  CaseDecisions decisions;
  Pacer pacer;
  BatchSender sender;
  // Released with the last approval, until the case is opened.
  std::map<std::string, Release> releases;
  int voids_to_tell = 0;
};

}  // namespace oshirase::notifier
