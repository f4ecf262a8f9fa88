#include "tools/authority/cli/cli.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace oshirase::authority {
namespace {

CommandLine Parse(std::vector<std::string> words) {
  words.insert(words.begin(), "oshirase-authority");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  return ParseCommandLine(static_cast<int>(argv.size()), argv.data());
}

TEST_CASE("settings may be given many times, before or after the entry they change") {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"register", "correct", "--set", "name=a", "KEY",
                                              "--set", "own_measures=b c", "--reason", "r"},
                                             {"register", "correct", "KEY", "--reason", "r",
                                              "--set", "name=a", "--set", "own_measures=b c"}}) {
    const auto line = Parse(words);
    REQUIRE(line.command == CorrectInRegister);
    CHECK(line.options.id == "KEY");
    CHECK(line.options.entry.set == std::vector<std::string>{"name=a", "own_measures=b c"});
  }
}

TEST_CASE("a command takes JSON, and a filter what it filters by") {
  const auto line = Parse(
      {"register", "find", "たけ", "--kind", "bar", "--from", "2020-06-01", "--all", "--json"});
  REQUIRE(line.command == FindInRegister);
  CHECK(line.options.json);
  CHECK(line.options.entry.all);
  CHECK(line.options.entry.filter.text == "たけ");
  CHECK(line.options.entry.filter.kind == "bar");
}

TEST_CASE("what cannot be meant is wrong use") {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"register"},
           {"register", "find", "--limit", "0"},
           {"register", "find", "--limit", "5", "--all"},
           {"register", "inspect", "KEY", "--note", "n"},
           {"register", "inspect", "KEY", "--note", "n", "--confirmed", "--not-confirmed"},
           {"register", "correct", "KEY", "--set", "name=a"},
           {"letters", "list", "postcards"},
           {"letters", "answer", "NUMBER"},
           {"letters", "answer", "NUMBER", "--text", "a", "--file", "-"},
           {"certificate", "withdraw", "NUMBER"},
           {"api-keys", "issue", "a@example.jp"}}) {
    const auto line = Parse(words);
    CHECK(line.command == nullptr);
    CHECK(line.exit_code == 2);
  }
}

}  // namespace
}  // namespace oshirase::authority
