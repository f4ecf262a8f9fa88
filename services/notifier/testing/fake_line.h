// LINE in memory: accepts each retry key once, answers 409 after that, and does what a script says
// with the next calls. It keeps count of what every person got, which the real one never tells.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/notifier/domain/line_client.h"
#include "services/notifier/testing/lifeline.h"

namespace oshirase::notifier {

// What LINE does with one call.
struct LineBehaviour {
  LineAnswer answer;
  // Whether the messages go out although the answer does not say so.
  bool accepts = false;
};

struct LineCall {
  std::string retry_key;
  std::string body;
  int status = 0;
};

// Thread-safe.
class FakeLine final : public LineClient {
 public:
  LineAnswer Multicast(const std::string& retry_key, const std::string& body) override;
  LineAnswer ValidateMulticast(const std::string& body) override;

  // The next calls do this, in order; afterwards calls are accepted.
  void Script(std::vector<LineBehaviour> behaviours);
  // Multicasts to this person are refused with 400, as for an id LINE does not know.
  void Refuse(const std::string& user_id);
  // Called in each multicast before anything happens.
  void OnMulticast(std::function<void()> hook);
  // The process that calls; see lifeline.h.
  void SetLifeline(Lifeline* lifeline);

  std::vector<LineCall> calls();
  // How many messages each person got.
  std::map<std::string, int> delivered();
  // Retry keys that came with two different bodies: must be none.
  std::set<std::string> changed_bodies();
  std::vector<std::string> validated();

 private:
  LineAnswer Act(const std::string& retry_key, const std::string& body)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Deliver(const std::string& retry_key, const std::string& body)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool HasRefused(const std::string& body) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  absl::Mutex mu_;
  Lifeline* lifeline_ ABSL_GUARDED_BY(mu_) = nullptr;
  std::function<void()> hook_ ABSL_GUARDED_BY(mu_);
  std::deque<LineBehaviour> script_ ABSL_GUARDED_BY(mu_);
  std::set<std::string> refused_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, std::string> bodies_ ABSL_GUARDED_BY(mu_);    // by retry key
  std::map<std::string, std::string> accepted_ ABSL_GUARDED_BY(mu_);  // request id by retry key
  std::set<std::string> changed_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, int> delivered_ ABSL_GUARDED_BY(mu_);
  std::vector<LineCall> calls_ ABSL_GUARDED_BY(mu_);
  std::vector<std::string> validated_ ABSL_GUARDED_BY(mu_);
};

// Answers as LINE gives them.
LineAnswer Answered(int status, const std::string& message = "");
inline LineAnswer NotSent() { return {.kind = LineAnswer::Kind::kNotSent}; }
inline LineAnswer NoAnswer() { return {.kind = LineAnswer::Kind::kNoAnswer}; }
inline constexpr char kRateLimitText[] = "The API rate limit has been exceeded. Try again later.";
inline constexpr char kMonthlyLimitText[] = "You have reached your monthly limit.";

}  // namespace oshirase::notifier
