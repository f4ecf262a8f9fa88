#include "services/notifier/testing/fake_line.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"

namespace oshirase::notifier {

LineAnswer Answered(int status, const std::string& message) {
  return {.kind = LineAnswer::Kind::kAnswered,
          .status = status,
          .request_id = "request",
          .message = message};
}

LineAnswer FakeLine::Multicast(const std::string& retry_key, const std::string& body) {
  std::function<void()> hook;
  Lifeline* lifeline = nullptr;
  {
    absl::MutexLock lock(&mu_);
    hook = hook_;
    lifeline = lifeline_;
  }
  if (lifeline != nullptr && !lifeline->Step()) return NotSent();
  if (hook) hook();
  absl::MutexLock lock(&mu_);
  const auto [known, fresh] = bodies_.try_emplace(retry_key, body);
  if (!fresh && known->second != body) changed_.insert(retry_key);
  const LineAnswer answer = Act(retry_key, body);
  calls_.push_back({retry_key, body, answer.status});
  if (lifeline != nullptr && !lifeline->Step()) return NoAnswer();
  return answer;
}

LineAnswer FakeLine::Act(const std::string& retry_key, const std::string& body) {
  if (!script_.empty()) {
    const LineBehaviour next = std::move(script_.front());
    script_.pop_front();
    if (next.accepts) Deliver(retry_key, body);
    return next.answer;
  }
  if (HasRefused(body)) return Answered(400, "The property, 'to', in the request body is invalid");
  if (accepted_.contains(retry_key)) {
    LineAnswer answer = Answered(409, "The retry key is already accepted");
    answer.accepted_request_id = accepted_.at(retry_key);
    return answer;
  }
  Deliver(retry_key, body);
  return Answered(200);
}

void FakeLine::Deliver(const std::string& retry_key, const std::string& body) {
  if (!accepted_.try_emplace(retry_key, absl::StrCat("accepted-", accepted_.size())).second) return;
  const auto request = nlohmann::json::parse(body);
  for (const auto& user : request.at("to")) ++delivered_[user.get<std::string>()];
}

bool FakeLine::HasRefused(const std::string& body) {
  const auto request = nlohmann::json::parse(body);
  for (const auto& user : request.at("to")) {
    if (refused_.contains(user.get<std::string>())) return true;
  }
  return false;
}

LineAnswer FakeLine::ValidateMulticast(const std::string& body) {
  absl::MutexLock lock(&mu_);
  validated_.push_back(body);
  if (script_.empty()) return Answered(200);
  const LineAnswer answer = script_.front().answer;
  script_.pop_front();
  return answer;
}

void FakeLine::Script(std::vector<LineBehaviour> behaviours) {
  absl::MutexLock lock(&mu_);
  for (LineBehaviour& behaviour : behaviours) script_.push_back(std::move(behaviour));
}

void FakeLine::Refuse(const std::string& user_id) {
  absl::MutexLock lock(&mu_);
  refused_.insert(user_id);
}

void FakeLine::OnMulticast(std::function<void()> hook) {
  absl::MutexLock lock(&mu_);
  hook_ = std::move(hook);
}

void FakeLine::SetLifeline(Lifeline* lifeline) {
  absl::MutexLock lock(&mu_);
  lifeline_ = lifeline;
}

std::vector<LineCall> FakeLine::calls() {
  absl::MutexLock lock(&mu_);
  return calls_;
}

std::map<std::string, int> FakeLine::delivered() {
  absl::MutexLock lock(&mu_);
  return delivered_;
}

std::set<std::string> FakeLine::changed_bodies() {
  absl::MutexLock lock(&mu_);
  return changed_;
}

std::vector<std::string> FakeLine::validated() {
  absl::MutexLock lock(&mu_);
  return validated_;
}

}  // namespace oshirase::notifier
