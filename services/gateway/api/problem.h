// How the API says that something went wrong: application/problem+json (RFC 9457), in Japanese, or
// in English for those whose Accept-Language prefers it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/http/message.h"
#include "services/gateway/i18n/language.h"

namespace oshirase::gateway {

// What is wrong at one place of a request.
struct ProblemPlace {
  enum class Kind { kPointer, kParameter, kHeader, kColumn };
  Kind kind = Kind::kPointer;
  // A JSON pointer as a fragment ("#/name"), or the name of a parameter, header or column.
  std::string where;
  int line = 0;  // Of a file, for a column.
  std::string reason;
  std::string detail;  // "" for the reason's own words.
};

struct Problem {
  std::string kind;  // As problems.json names it: "venue-not-found".
  std::vector<ProblemPlace> places = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// A value, or why there is none.
template <typename Value>
using OrProblem = std::variant<Value, Problem>;

// Immutable, so thread-safe.
class Problems {
 public:
  // Those of problems.json, which is compiled in. Returns INTERNAL when it is wrong.
  static absl::StatusOr<Problems> BuiltIn();

  // The answer to `request`.
  HttpResponse Answer(const HttpRequest& request, const Problem& problem) const;

  // What `kind` means, for who follows its type; "" for an unknown one.
  std::string Explain(std::string_view kind, Language language) const;

  // Those there are, and the reasons of places.
  std::vector<std::string> kinds() const;
  bool HasReason(std::string_view reason) const { return reasons_.find(reason) != reasons_.end(); }

 private:
  struct Words {
    std::string japanese;
    std::string english;
    const std::string& In(Language language) const {
      return language == Language::kEnglish ? english : japanese;
    }
  };
  struct Kind {
    int status = 500;
    Words title;
    Words detail;
  };

  std::map<std::string, Kind, std::less<>> kinds_;
  std::map<std::string, Words, std::less<>> reasons_;
};

// The problem of content with these mistakes.
Problem RequestInvalid(std::vector<ProblemPlace> places);

// The problem of an answer that has only its status.
Problem ProblemOfStatus(int http_status);

// The problem that a failed call to another service is.
Problem ProblemOf(const absl::Status& status);

}  // namespace oshirase::gateway
