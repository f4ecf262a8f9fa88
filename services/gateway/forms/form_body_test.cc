#include "services/gateway/forms/form_body.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("names and values are decoded") {
  const auto form = ParseFormBody("name=%E3%81%82+b&a%3D=1%2B1&empty=&bare&&=x");
  REQUIRE(form.ok());
  CHECK(FieldOf(*form, "name") == "あ b");
  CHECK(FieldOf(*form, "a=") == "1+1");
  CHECK(FieldOf(*form, "empty").empty());
  CHECK(form->contains("bare"));
  CHECK(FieldOf(*form, "") == "x");
  CHECK(FieldOf(*form, "missing").empty());
}

TEST_CASE("of a field sent twice the first counts") {
  CHECK(FieldOf(*ParseFormBody("a=1&a=2"), "a") == "1");
}

TEST_CASE("the values of one name come back in the order they were sent") {
  const auto form = ParseFormBody("b=0&a=3&c=1&a=1&a=2");
  CHECK(FieldsOf(*form, "a") == std::vector<std::string>{"3", "1", "2"});
  CHECK(FieldsOf(*form, "d").empty());
}

TEST_CASE("a percent sign that begins nothing stands for itself") {
  CHECK(FieldOf(*ParseFormBody("a=100%&b=%zz&c=%4"), "a") == "100%");
  CHECK(FieldOf(*ParseFormBody("b=%zz"), "b") == "%zz");
  CHECK(FieldOf(*ParseFormBody("c=%4"), "c") == "%4");
}

TEST_CASE("NULs are kept for the field to drop, and a long field is read whole") {
  CHECK(FieldOf(*ParseFormBody("a=%00b"), "a") == std::string("\0b", 2));
  CHECK(FieldOf(*ParseFormBody(absl::StrCat("a=", std::string(60'000, 'x'))), "a").size() ==
        60'000);
}

TEST_CASE("bytes that are not UTF-8 and forms with too many fields are refused") {
  CHECK_FALSE(ParseFormBody("a=%ff").ok());
  CHECK_FALSE(ParseFormBody("a=%C0%80").ok());
  CHECK_FALSE(ParseFormBody("a=%ED%A0%80").ok());
  CHECK_FALSE(ParseFormBody("%ff=1").ok());
  std::string many;
  for (int i = 0; i < 101; ++i) absl::StrAppend(&many, "f", i, "=&");
  CHECK_FALSE(ParseFormBody(many).ok());
}

TEST_CASE("an empty body is an empty form") { CHECK(ParseFormBody("")->empty()); }

}  // namespace
}  // namespace oshirase::gateway
