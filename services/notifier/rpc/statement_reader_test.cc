#include "services/notifier/rpc/statement_reader.h"

#include <catch2/catch.hpp>

#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

TEST_CASE("a statement with a field that this version does not know is refused") {
  registry::v1::Statement statement;
  statement.mutable_expire_time()->set_seconds(1);
  CHECK_OK(ReadStatement(statement.SerializeAsString()));
  // Field 99, varint 1.
  CHECK_CODE(ReadStatement(statement.SerializeAsString() + "\x98\x06\x01"),
             absl::StatusCode::kInvalidArgument);
  CHECK_CODE(ReadStatement("\xff\xff"), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace oshirase::notifier
