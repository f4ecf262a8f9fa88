#include <catch2/catch.hpp>
#include <fstream>
#include <pqxx/pqxx>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/support/temp_database.h"
#include "tests/support/temp_server.h"

namespace oshirase::testing {
namespace {

void Execute(const TempDatabase& database, const std::string& role, const std::string& sql) {
  pqxx::connection connection(database.Url(role));
  pqxx::nontransaction(connection).exec(sql);
}

bool MayNot(const TempDatabase& database, const std::string& role, const std::string& sql) {
  try {
    Execute(database, role, sql);
    return false;
  } catch (const pqxx::insufficient_privilege&) {
    return true;
  }
}

TEST_CASE("a login role can neither define nor read what is not granted to it") {
  TempDatabase database;
  const std::string service = GENERATE("registry", "checkin", "notifier");
  const std::string role = "oshirase_" + service;
  CAPTURE(role);
  Execute(database, role + "_owner", "CREATE TABLE " + service + ".probes (id int)");

  CHECK(MayNot(database, role, "SELECT * FROM " + service + ".probes"));
  CHECK(MayNot(database, role, "CREATE TABLE " + service + ".mine (id int)"));
  CHECK(MayNot(database, role, "CREATE TABLE public.mine (id int)"));
  CHECK(MayNot(database, role, "CREATE TEMPORARY TABLE mine (id int)"));
  CHECK(MayNot(database, role, "CREATE SCHEMA mine"));
  CHECK(MayNot(database, role, "SET ROLE " + role + "_owner"));
}

TEST_CASE("a service can see nothing of another's schema") {
  TempDatabase database;
  for (const std::string service : {"registry", "checkin", "notifier"}) {
    Execute(database, "oshirase_" + service + "_owner",
            absl::StrCat("CREATE TABLE ", service, ".probes (id int);", "GRANT ALL ON ", service,
                         ".probes TO PUBLIC"));
  }

  for (const std::string service : {"registry", "checkin", "notifier"}) {
    for (const std::string other : {"registry", "checkin", "notifier"}) {
      CAPTURE(service, other);
      CHECK(MayNot(database, "oshirase_" + service, "SELECT * FROM " + other + ".probes") ==
            (service != other));
      CHECK(MayNot(database, "oshirase_" + service + "_owner",
                   "SELECT * FROM " + other + ".probes") == (service != other));
    }
  }
}

TEST_CASE("a new function is executable only by its owner until granted") {
  TempDatabase database;
  Execute(database, "oshirase_checkin_owner",
          "CREATE FUNCTION checkin.probe() RETURNS int LANGUAGE sql AS 'SELECT 1'");

  CHECK(MayNot(database, "oshirase_checkin", "SELECT checkin.probe()"));

  Execute(database, "oshirase_checkin_owner",
          "GRANT EXECUTE ON FUNCTION checkin.probe() TO oshirase_checkin");
  CHECK_FALSE(MayNot(database, "oshirase_checkin", "SELECT checkin.probe()"));
}

TEST_CASE("migrating a second time changes nothing") {
  TempDatabase database;
  const std::string tables =
      "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
      " WHERE nspname IN ('registry', 'checkin', 'notifier')";
  const std::string before = database.Query(tables);

  RunCommand({OSHIRASE_SOURCE_DIR "/tools/migrate", database.superuser_url()});

  CHECK(database.Query(tables) == before);
}

TEST_CASE("migrating what is no URL explains how to call the tool") {
  const std::string url =
      GENERATE(as<std::string>(), "", "oshirase", "postgresql:///", "http://h/d");
  CAPTURE(url);
  CHECK_THROWS_WITH(RunCommand({OSHIRASE_SOURCE_DIR "/tools/migrate", url}),
                    Catch::Contains("usage: tools/migrate DATABASE_URL_OF_SUPERUSER"));
}

TEST_CASE("the server's log quotes no row and no statement of a service") {
  TempDatabase database;
  Execute(database, "oshirase_notifier_owner",
          "CREATE TABLE notifier.probes (id text PRIMARY KEY);"
          "GRANT INSERT ON notifier.probes TO oshirase_notifier");
  const std::string insert = "INSERT INTO notifier.probes VALUES ('probe-in-the-log')";

  Execute(database, "oshirase_notifier", insert);
  CHECK_THROWS_AS(Execute(database, "oshirase_notifier", insert), pqxx::unique_violation);

  std::stringstream log;
  log << std::ifstream(database.server().log_file()).rdbuf();
  CHECK(absl::StrContains(log.str(), "probes_pkey"));
  CHECK_FALSE(absl::StrContains(log.str(), "probe-in-the-log"));
}

}  // namespace
}  // namespace oshirase::testing
