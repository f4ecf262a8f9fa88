#include "tests/bench/load/http_answer.h"

#include <charconv>

#include "absl/strings/match.h"

namespace oshirase::bench {
namespace {

constexpr std::string_view kVersion = "HTTP/1.1 ";
constexpr size_t kStatusDigits = 3;

std::optional<size_t> ParseNumber(std::string_view text) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool SameWord(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase({a.data(), a.size()}, {b.data(), b.size()});
}

}  // namespace

absl::StatusOr<std::optional<HttpAnswer>> FirstAnswer(std::string_view bytes) {
  const size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  std::string_view head = bytes.substr(0, head_end + 2);

  HttpAnswer answer;
  const auto status = ParseNumber(head.substr(0, kVersion.size() + kStatusDigits)
                                      .substr(std::min(kVersion.size(), head.size())));
  if (!head.starts_with(kVersion) || !status) {
    return absl::InvalidArgumentError("the answer is not HTTP/1.1");
  }
  answer.status = static_cast<int>(*status);

  std::optional<size_t> length;
  head.remove_prefix(head.find("\r\n") + 2);
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(line.size() + 2);
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return absl::InvalidArgumentError("a header has no colon");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = Trim(line.substr(colon + 1));
    if (SameWord(name, "Content-Length")) length = ParseNumber(value);
    if (SameWord(name, "Connection")) answer.last = SameWord(value, "close");
  }
  if (!length) return absl::UnimplementedError("the answer has no Content-Length");
  answer.size = head_end + 4 + *length;
  if (bytes.size() < answer.size) return std::nullopt;
  return answer;
}

}  // namespace oshirase::bench
