#include "common/config/env.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/config/address.h"
#include "common/config/bad_configuration.h"

namespace oshirase {
namespace {

constexpr int64_t kMaxClockOffsetSeconds = int64_t{366} * 24 * 60 * 60;

}  // namespace

Env ProcessEnv() {
  return [](const std::string& name) -> std::optional<std::string> {
    // Read before any thread starts, and nothing in the process sets variables.
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): see above
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

EnvReader::EnvReader(Env env) : env_(std::move(env)) {}

std::optional<std::string> EnvReader::Get(const std::string& name) const {
  auto value = env_(name);
  if (value.has_value() && value->empty()) return std::nullopt;
  return value;
}

std::string EnvReader::Required(const std::string& name) {
  auto value = Get(name);
  if (!value.has_value()) AddProblem(name, "is not set");
  return value.value_or("");
}

std::string EnvReader::Optional(const std::string& name, const std::string& default_value) {
  return Get(name).value_or(default_value);
}

int64_t EnvReader::Int(const std::string& name, const IntRange& range) {
  const auto text = Get(name);
  if (!text.has_value()) {
    if (!range.default_value.has_value()) AddProblem(name, "is not set");
    return range.default_value.value_or(range.min);
  }
  int64_t number = 0;
  if (!absl::SimpleAtoi(*text, &number) || number < range.min || number > range.max) {
    AddProblem(name, absl::StrCat("must be a whole number from ", range.min, " to ", range.max));
    return range.default_value.value_or(range.min);
  }
  return number;
}

absl::Duration EnvReader::Duration(const std::string& name, absl::Duration unit,
                                   const IntRange& range) {
  return Int(name, range) * unit;
}

bool EnvReader::Flag(const std::string& name) {
  const std::string text = Optional(name, "0");
  if (text != "0" && text != "1") AddProblem(name, "must be 0 or 1");
  return text == "1";
}

std::string EnvReader::OneOf(const std::string& name, const std::vector<std::string>& choices) {
  std::string text = Optional(name, choices.front());
  if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
    AddProblem(name, absl::StrCat("must be one of ", absl::StrJoin(choices, ", ")));
    return choices.front();
  }
  return text;
}

std::vector<std::string> EnvReader::List(const std::string& name, char separator) {
  const auto text = Get(name);
  std::vector<std::string> parts =
      absl::StrSplit(text.value_or(""), separator, absl::SkipWhitespace());
  if (parts.empty()) AddProblem(name, text.has_value() ? "lists nothing" : "is not set");
  return parts;
}

std::string EnvReader::PeerAddress(const std::string& name) {
  std::string text = Required(name);
  if (text.empty()) return text;
  const std::vector<std::string> parts = absl::StrSplit(text, ',');
  const bool good = std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
    const auto address = ParseHostPort(part);
    return address.ok() && address->port != 0 && (parts.size() == 1 || IsIpAddress(address->host));
  });
  if (!good) AddProblem(name, "must be host:port, or several IP addresses with ports");
  return text;
}

std::string EnvReader::ListenAddress(const std::string& name) {
  std::string text = Required(name);
  if (text.empty()) return text;
  const auto address = ParseHostPort(text);
  const absl::Status status = address.ok() ? CheckCanListen(*address) : address.status();
  if (!status.ok()) AddProblem(name, std::string(status.message()));
  return text;
}

std::string EnvReader::HttpUrl(const std::string& name, const std::string& default_value) {
  std::string text = default_value.empty() ? Required(name) : Optional(name, default_value);
  if (text.empty()) return text;
  if (const auto url = ParseHttpUrl(text); !url.ok()) {
    AddProblem(name, std::string(url.status().message()));
  }
  return std::string(absl::StripSuffix(text, "/"));
}

absl::Duration EnvReader::ClockOffset(const std::vector<std::string>& listeners) {
  const std::string name = "OSHIRASE_CLOCK_OFFSET";
  const absl::Duration offset =
      Duration(name, absl::Seconds(1),
               {.min = -kMaxClockOffsetSeconds, .max = kMaxClockOffsetSeconds, .default_value = 0});
  if (offset != absl::ZeroDuration() &&
      !std::all_of(listeners.begin(), listeners.end(), IsLocalListener)) {
    AddProblem(name, "is for tests: every listener must then be a loopback address or unix socket");
    return absl::ZeroDuration();
  }
  return offset;
}

void EnvReader::AddProblem(const std::string& name, const std::string& text) {
  problems_.push_back(absl::StrCat(name, ": ", text));
}

absl::Status EnvReader::Finish() const {
  return problems_.empty() ? absl::OkStatus() : BadConfiguration(problems_);
}

}  // namespace oshirase
