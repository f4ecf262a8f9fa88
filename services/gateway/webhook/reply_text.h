// Every word the account says in a chat, in Japanese. Kind, short, and exact about what was and was
// not kept.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/gateway/backends/registry_client.h"

namespace oshirase::gateway {

// What the texts need to know about this installation.
struct ReplyFacts {
  std::string prefecture_name;     // "神奈川県"
  std::string consultation_phone;  // For worries about one's health.
  int retention_days = 21;
};

// Immutable, so thread-safe. The texts fit LINE's limit of 5,000 UTF-16 units.
class ReplyTexts {
 public:
  explicit ReplyTexts(ReplyFacts facts) : facts_(std::move(facts)) {}

  // The visit is durable; the same text for a scan that was delivered twice.
  std::string Recorded(const Venue& venue, absl::Time time) const;
  std::string OverCap(const Venue& venue) const;
  std::string Closed(const Venue& venue) const;
  std::string Suspended(const Venue& venue) const;
  std::string OutsideEvent(const Venue& venue) const;
  // The scan is too old, or lies in the future.
  std::string NotNow(const Venue& venue) const;
  // A code of nobody and a replaced one get one answer.
  std::string UnknownCode() const;
  std::string MistypedCode() const;
  // A text without a code.
  std::string Help() const;
  std::string Welcome() const;

 private:
  ReplyFacts facts_;
};

// "2020年6月1日 19:00" in Japan.
std::string JapaneseTime(absl::Time time);

}  // namespace oshirase::gateway
