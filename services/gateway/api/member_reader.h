// Reads the members of a JSON object that a program sent, and collects everything that is wrong.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/gateway/api/problem.h"

namespace oshirase::gateway {

// A member that is missing or null reads as empty. Not thread-safe.
class MemberReader {
 public:
  // `object` is at `pointer` of what was sent; whatever it is, it must outlive this, as must
  // `places`.
  MemberReader(const nlohmann::json& object, std::string pointer,
               std::vector<ProblemPlace>& places);

  // A text as it stands. Refuses one with white space at its ends, which nobody sees and which
  // would have to be dropped silently, one of which nothing can be seen, and one of more than `max`
  // characters as a reader counts.
  std::string Text(const char* name, size_t max);
  std::vector<std::string> Texts(const char* name, size_t max_count, size_t max);
  bool Flag(const char* name);
  // Refuses what is not one of `values`, and a missing one.
  std::string Choice(const char* name, std::span<const std::string> values);
  // A whole number from `min` to `max`; refuses a missing one.
  int64_t Number(const char* name, int64_t min, int64_t max);
  // RFC 3339, in whole seconds.
  std::optional<absl::Time> Time(const char* name);
  // Takes no notice of a member, whatever it holds.
  void Skip(const char* name) { known_.insert(name); }

  // Refuses every member that was not asked for; call it in the end.
  void Finish();

  void Refuse(const std::string& name, const char* reason);

 private:
  // The member, or null where there is none.
  const nlohmann::json& Find(const char* name);
  bool CheckText(const std::string& pointer, const std::string& text, size_t max);

  const nlohmann::json& object_;
  const std::string pointer_;
  std::vector<ProblemPlace>& places_;
  std::set<std::string> known_;
};

}  // namespace oshirase::gateway
