#include "common/postgres/conninfo.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/postgres/pool.h"

namespace oshirase::postgres {
namespace {

TEST_CASE("a URL is completed with limits on waiting") {
  auto parameters =
      ConnectionParameters("postgresql://user@db.example:5433/name", absl::Seconds(3));
  REQUIRE(parameters.ok());
  CHECK((*parameters)["host"] == "db.example");
  CHECK((*parameters)["port"] == "5433");
  CHECK((*parameters)["dbname"] == "name");
  CHECK((*parameters)["connect_timeout"] == "2");
  CHECK((*parameters)["tcp_user_timeout"] == "5000");
  CHECK((*parameters)["keepalives"] == "1");
}

TEST_CASE("what a URL says of timeouts wins") {
  auto parameters =
      ConnectionParameters("postgresql://u@/n?host=/run/pg&connect_timeout=9", absl::Seconds(3));
  REQUIRE(parameters.ok());
  CHECK((*parameters)["host"] == "/run/pg");
  CHECK((*parameters)["connect_timeout"] == "9");
}

TEST_CASE("the session's settings are added to the options of a URL") {
  auto parameters = ConnectionParameters("dbname=n options='-c work_mem=1MB'", absl::Seconds(2));
  REQUIRE(parameters.ok());
  const std::string& options = (*parameters)["options"];
  CHECK(absl::StartsWith(options, "-c work_mem=1MB -c "));
  CHECK(absl::StrContains(options, "-c statement_timeout=2000 "));
  CHECK(absl::StrContains(options, "-c synchronous_commit=on "));
}

TEST_CASE("what is no connection string is refused and not repeated") {
  const std::string url =
      GENERATE(as<std::string>(), "", "postgresql://u:hunter2@h:1/n?bad=hunter2", "hunter2",
               "postgresql://u:hunter2@[::1/n");
  CAPTURE(url);
  const auto status = CheckUrl(url);
  CHECK(absl::IsInvalidArgument(status));
  CHECK_FALSE(absl::StrContains(status.message(), "hunter2"));
}

}  // namespace
}  // namespace oshirase::postgres
