#include "services/gateway/api/strict_json.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;

// Builds the value while the library reads it; returning false ends the reading.
class Builder : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return Put(nullptr); }
  bool boolean(bool value) override { return Put(value); }
  bool number_integer(number_integer_t value) override { return Put(value); }
  bool number_unsigned(number_unsigned_t value) override { return Put(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return Put(value); }
  bool string(string_t& value) override { return Put(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(size_t /*size*/) override { return Open(Json::object()); }
  bool start_array(size_t /*size*/) override { return Open(Json::array()); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    Level& level = open_.back();
    if (level.value->contains(name)) {
      fault_ = {.kind = JsonFault::Kind::kRepeated, .pointer = PointerBelow(Pointer(), name)};
      return false;
    }
    level.key = std::move(name);
    return true;
  }

  bool parse_error(size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

  Json TakeValue() { return std::move(root_); }
  JsonFault TakeFault() { return std::move(fault_); }

 private:
  // An object or array that is still open. Its place in its parent is its own until it is closed.
  struct Level {
    Json* value;
    std::string key;  // Of an object: the member that comes.
  };

  Json* Add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& level = open_.back();
    if (level.value->is_object()) return &(level.value->operator[](level.key) = std::move(value));
    level.value->push_back(std::move(value));
    return &level.value->back();
  }

  bool Put(Json value) {
    Add(std::move(value));
    return true;
  }

  bool Open(Json value) {
    if (open_.size() == kMaxJsonDepth) {
      fault_ = {.kind = JsonFault::Kind::kTooDeep, .pointer = Pointer()};
      return false;
    }
    open_.push_back({Add(std::move(value)), ""});
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  // Of the innermost open value.
  std::string Pointer() const {
    std::string pointer = "#";
    for (size_t i = 0; i + 1 < open_.size(); ++i) {
      const Json& value = *open_[i].value;
      pointer =
          PointerBelow(pointer, value.is_object() ? open_[i].key : absl::StrCat(value.size() - 1));
    }
    return pointer;
  }

  Json root_;
  std::vector<Level> open_;
  JsonFault fault_;
};

}  // namespace

std::variant<Json, JsonFault> ParseStrictJson(const std::string& text) {
  // The library would take a NUL for the end of the text, whatever follows.
  if (text.find('\0') != std::string::npos) return JsonFault{};
  Builder builder;
  if (!Json::sax_parse(text, &builder)) return builder.TakeFault();
  return builder.TakeValue();
}

std::string PointerBelow(const std::string& pointer, const std::string& name) {
  return absl::StrCat(pointer, "/", absl::StrReplaceAll(name, {{"~", "~0"}, {"/", "~1"}}));
}

std::string DumpOrdered(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace oshirase::gateway
