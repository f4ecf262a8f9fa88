// A filter of the register as SQL.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "services/registry/domain/register_entry.h"

namespace oshirase::registry {

// The conditions that a filter sets, and what goes with them: made one by one, so that the planner
// sees only those, and each with its index. Conditions on words come apart, since their index must
// be used before rows are put in order. Not thread-safe.
class RegisterConditions {
 public:
  explicit RegisterConditions(const RegisterFilter& filter);

  // The number of a further parameter, "$7".
  std::string Add(const std::string& value);

  // One condition more, on venues as `v`.
  void And(const std::string& condition);

  // " WHERE ..." on venues as `v`, or nothing. Without the words.
  std::string Where() const;
  // " WHERE ..." of the words alone; nothing without words.
  std::string WhereWords() const;

  const std::vector<std::string>& parameters() const { return parameters_; }

 private:
  void AddWords(const std::vector<std::string>& words);

  std::vector<std::string> conditions_;
  std::string words_;
  std::vector<std::string> parameters_;
};

}  // namespace oshirase::registry
