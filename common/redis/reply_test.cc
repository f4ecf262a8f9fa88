#include "common/redis/reply.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/status/errors.h"

namespace oshirase::redis {
namespace {

TEST_CASE("an answer of another kind than asked for is INTERNAL") {
  CHECK(absl::IsInternal(Reply(int64_t{7}).String().status()));
  CHECK(absl::IsInternal(Reply(std::string("7")).Integer().status()));
  CHECK(absl::IsInternal(Reply(std::string("7")).Array().status()));
  CHECK(absl::IsInternal(Reply(Reply::Nil()).Integer().status()));
}

TEST_CASE("nil is NOT_FOUND as a string and nothing as a nullable one") {
  CHECK(absl::IsNotFound(Reply(Reply::Nil()).String().status()));
  CHECK(*Reply(Reply::Nil()).NullableString() == std::nullopt);
  CHECK(*Reply(std::string()).NullableString() == "");
}

TEST_CASE("an error answer comes out of every accessor") {
  const Reply reply(StatusOfErrorReply("WRONGTYPE Operation against a key"));
  CHECK(ReasonOf(reply.status()) == "REDIS_WRONGTYPE");
  CHECK(reply.Integer().status() == reply.status());
  CHECK(reply.String().status() == reply.status());
  CHECK(reply.NullableString().status() == reply.status());
  CHECK(reply.Integers().status() == reply.status());
  CHECK(reply.Strings().status() == reply.status());
}

TEST_CASE("an array of integers is read whole or not at all") {
  const Reply good(std::vector<Reply>{Reply(int64_t{1}), Reply(int64_t{2})});
  const Reply mixed(std::vector<Reply>{Reply(int64_t{1}), Reply(std::string("2"))});
  CHECK(*good.Integers() == std::vector<int64_t>{1, 2});
  CHECK(absl::IsInternal(mixed.Integers().status()));
}

TEST_CASE("errors that pass by themselves are UNAVAILABLE and others INTERNAL") {
  CHECK(absl::IsUnavailable(StatusOfErrorReply("LOADING Redis is loading the dataset in memory")));
  CHECK(absl::IsUnavailable(StatusOfErrorReply("OOM command not allowed")));
  CHECK(absl::IsUnavailable(StatusOfErrorReply("READONLY You can't write")));
  CHECK(absl::IsInternal(StatusOfErrorReply("WRONGTYPE Operation against a key")));
  CHECK(absl::IsInternal(StatusOfErrorReply("ERR unknown command")));
}

TEST_CASE("the text of an error answer, which may quote arguments, is dropped") {
  const auto quoted = StatusOfErrorReply("ERR unknown command 'secret', with args 'U123'");
  const auto bare = StatusOfErrorReply("secret-without-a-word");
  CHECK_FALSE(absl::StrContains(quoted.ToString(), "secret"));
  CHECK_FALSE(absl::StrContains(quoted.ToString(), "U123"));
  CHECK_FALSE(absl::StrContains(bare.ToString(), "secret"));
}

TEST_CASE("the first error of a pipeline's answers is found") {
  const Reply fine(int64_t{1});
  const Reply wrong(StatusOfErrorReply("ERR x"));
  CHECK(FirstError({}).ok());
  CHECK(FirstError({fine, fine}).ok());
  CHECK(absl::IsInternal(FirstError({fine, wrong})));
}

}  // namespace
}  // namespace oshirase::redis
