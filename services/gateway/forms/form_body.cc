// Reference: https://url.spec.whatwg.org/#application/x-www-form-urlencoded
#include "services/gateway/forms/form_body.h"

#include <algorithm>
#include <utility>

#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kMaxFields = 100;

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// A "%" that no two hex digits follow stands for itself, as browsers have it.
std::string Decode(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[i + 2]) : -1;
    if (text[i] == '+') {
      result.push_back(' ');
    } else if (low >= 0) {
      result.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      result.push_back(text[i]);
    }
  }
  return result;
}

}  // namespace

absl::StatusOr<FormBody> ParseFormBody(std::string_view body) {
  FormBody form;
  size_t fields = 0;
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    if (pair.empty()) continue;
    if (++fields > kMaxFields) return absl::InvalidArgumentError("the form has too many fields");
    const size_t equals = std::min(pair.find('='), pair.size());
    std::string name = Decode(pair.substr(0, equals));
    std::string value = Decode(pair.substr(std::min(pair.size(), equals + 1)));
    if (!IsUtf8(name) || !IsUtf8(value)) {
      return absl::InvalidArgumentError("the form is not UTF-8");
    }
    form.emplace(std::move(name), std::move(value));
  }
  return form;
}

std::string FieldOf(const FormBody& form, std::string_view name) {
  const auto found = form.lower_bound(name);
  return found == form.end() || found->first != name ? std::string() : found->second;
}

std::vector<std::string> FieldsOf(const FormBody& form, std::string_view name) {
  std::vector<std::string> values;
  const auto [begin, end] = form.equal_range(name);
  for (auto it = begin; it != end; ++it) values.push_back(it->second);
  return values;
}

}  // namespace oshirase::gateway
