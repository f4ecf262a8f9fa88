#include "common/redis/command.h"

#include <openssl/sha.h>

#include <array>
#include <utility>

#include "absl/strings/escaping.h"

namespace oshirase::redis {
namespace {

std::string Sha1Hex(const std::string& text) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

Command ScriptCommand(const char* name, const std::string& script, ScriptCall call) {
  Command command = {name, script, std::to_string(call.keys.size())};
  command.reserve(command.size() + call.keys.size() + call.args.size());
  for (auto& key : call.keys) command.push_back(std::move(key));
  for (auto& arg : call.args) command.push_back(std::move(arg));
  return command;
}

}  // namespace

Script::Script(std::string text) : text_(std::move(text)), sha1_(Sha1Hex(text_)) {}

void Pipeline::Add(Command command) { steps_.push_back({.command = std::move(command)}); }

void Pipeline::Add(const Script& script, ScriptCall call) {
  steps_.push_back(
      {.command = ScriptCommand("EVALSHA", script.sha1(), std::move(call)), .script = &script});
}

}  // namespace oshirase::redis
