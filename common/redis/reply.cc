#include "common/redis/reply.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::redis {
namespace {

constexpr std::array<absl::string_view, 8> kPassing = {
    "LOADING", "BUSY", "OOM", "READONLY", "MASTERDOWN", "MISCONF", "TRYAGAIN", "CLUSTERDOWN"};

// The error word, or ERR when the text does not begin with one.
std::string ErrorWord(const std::string& text) {
  const std::string word = text.substr(0, text.find(' '));
  const bool is_word =
      !word.empty() && word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  return is_word ? word : "ERR";
}

absl::Status OtherKind(const char* wanted) {
  return absl::InternalError(absl::StrCat("redis did not answer with ", wanted));
}

}  // namespace

absl::Status StatusOfErrorReply(const std::string& text) {
  const std::string word = ErrorWord(text);
  auto code = absl::StatusCode::kInternal;
  for (const auto passing : kPassing) {
    if (word == passing) code = absl::StatusCode::kUnavailable;
  }
  return ReasonedError(code, "REDIS_" + word, "redis answered with the error " + word);
}

absl::Status Reply::status() const {
  const auto* error = std::get_if<absl::Status>(&value_);
  return error == nullptr ? absl::OkStatus() : *error;
}

absl::StatusOr<int64_t> Reply::Integer() const {
  RETURN_IF_ERROR(this->status());
  if (const auto* integer = std::get_if<int64_t>(&value_)) return *integer;
  return OtherKind("an integer");
}

absl::StatusOr<std::string> Reply::String() const {
  if (is_nil()) return absl::NotFoundError("redis has no such value");
  ASSIGN_OR_RETURN(auto text, NullableString());
  return *std::move(text);
}

absl::StatusOr<std::optional<std::string>> Reply::NullableString() const {
  RETURN_IF_ERROR(this->status());
  if (is_nil()) return std::optional<std::string>();
  if (const auto* text = std::get_if<std::string>(&value_)) return std::optional(*text);
  return OtherKind("a string");
}

absl::StatusOr<std::vector<Reply>> Reply::Array() const {
  RETURN_IF_ERROR(this->status());
  if (const auto* array = std::get_if<std::vector<Reply>>(&value_)) return *array;
  return OtherKind("an array");
}

absl::StatusOr<std::vector<int64_t>> Reply::Integers() const {
  ASSIGN_OR_RETURN(const auto array, Array());
  std::vector<int64_t> integers;
  integers.reserve(array.size());
  for (const auto& element : array) {
    ASSIGN_OR_RETURN(const int64_t integer, element.Integer());
    integers.push_back(integer);
  }
  return integers;
}

absl::StatusOr<std::vector<std::string>> Reply::Strings() const {
  ASSIGN_OR_RETURN(const auto array, Array());
  std::vector<std::string> strings;
  strings.reserve(array.size());
  for (const auto& element : array) {
    ASSIGN_OR_RETURN(auto text, element.String());
    strings.push_back(std::move(text));
  }
  return strings;
}

absl::Status FirstError(const std::vector<Reply>& replies) {
  for (const auto& reply : replies) RETURN_IF_ERROR(reply.status());
  return absl::OkStatus();
}

}  // namespace oshirase::redis
