#include "common/client/call_context.h"

#include <catch2/catch.hpp>

#include "absl/time/clock.h"

namespace oshirase {
namespace {

absl::Duration Left(const grpc::ClientContext& context) {
  return absl::FromChrono(context.deadline()) - absl::Now();
}

TEST_CASE("every call has a deadline") {
  grpc::ClientContext context;
  PrepareContext(context, {}, absl::Seconds(3));
  CHECK(Left(context) <= absl::Seconds(3));
  CHECK(Left(context) > absl::Seconds(2));
}

TEST_CASE("a call on behalf of another ends no later than it") {
  grpc::ClientContext context;
  PrepareContext(context, {.deadline = absl::Now() + absl::Seconds(1)}, absl::Seconds(30));
  CHECK(Left(context) <= absl::Seconds(1));
}

TEST_CASE("a long deadline is shortened to what this step may take") {
  grpc::ClientContext context;
  PrepareContext(context, {.deadline = absl::Now() + absl::Seconds(60)}, absl::Seconds(2));
  CHECK(Left(context) <= absl::Seconds(2));
}

}  // namespace
}  // namespace oshirase
