#include "services/gateway/api/strict_json.h"

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

using Kind = JsonFault::Kind;

std::string Repeat(const std::string& text, size_t count) {
  std::string result;
  for (size_t i = 0; i < count; ++i) result += text;
  return result;
}

JsonFault FaultOf(const std::string& text) {
  auto result = ParseStrictJson(text);
  INFO(text.substr(0, 100));
  REQUIRE(std::holds_alternative<JsonFault>(result));
  return std::get<JsonFault>(result);
}

TEST_CASE("JSON is read as it stands") {
  const std::string text = R"({"a":[1,-2,3.5,true,null,"\u0000𠮷"],"b":{"c":{},"d":[[]]},"":"x"})";
  auto result = ParseStrictJson(text);
  REQUIRE(std::holds_alternative<nlohmann::json>(result));
  CHECK(std::get<nlohmann::json>(result) == nlohmann::json::parse(text));
}

TEST_CASE("what is no JSON in UTF-8 is told so") {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1}x", "nul", "\"\\ud800\"", "\"\xC0\xAF\"",
                           "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xFF\"", "\"\n\"", "NaN",
                           "'a'", "\xFF\xFE{\x00}\x00"}) {
    CHECK(FaultOf(text).kind == Kind::kMalformed);
  }
  CHECK(FaultOf(std::string("{}\0{}", 5)).kind == Kind::kMalformed);
}

TEST_CASE("a member given twice is refused with its place") {
  CHECK(FaultOf(R"({"a":1,"a":1})").pointer == "#/a");
  CHECK(FaultOf(R"([{}, {"x/y":[{"b~":1,"c":2,"b~":3}]}])").pointer == "#/1/x~1y/0/b~0");
  CHECK(FaultOf(R"({"a":1,"\u0061":1})").kind == Kind::kRepeated);
}

TEST_CASE("nesting is bounded, however long the text") {
  CHECK(std::holds_alternative<nlohmann::json>(ParseStrictJson(Repeat("[", 8) + Repeat("]", 8))));
  CHECK(FaultOf(Repeat("[", 9) + Repeat("]", 9)).kind == Kind::kTooDeep);
  CHECK(FaultOf(Repeat("[", 1'000'000)).kind == Kind::kTooDeep);
  CHECK(FaultOf(Repeat("{\"a\":", 100'000)).kind == Kind::kTooDeep);
}

}  // namespace
}  // namespace oshirase::gateway
