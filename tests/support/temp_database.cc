#include "tests/support/temp_database.h"

#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <pqxx/pqxx>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "tests/support/temp_server.h"

namespace oshirase::testing {
namespace {

constexpr const char* kTemplate = "oshirase_template";
constexpr const char* kRolesSql = OSHIRASE_SOURCE_DIR "/deploy/postgres/roles.sql";
constexpr const char* kInitdb = OSHIRASE_POSTGRES_BIN_DIR "/initdb";
constexpr const char* kServer = OSHIRASE_POSTGRES_BIN_DIR "/postgres";
constexpr const char* kMigrate = OSHIRASE_SOURCE_DIR "/tools/migrate";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Postgres refuses to run as root.
std::vector<std::string> AsPostgres(std::vector<std::string> command) {
  if (geteuid() != 0) return command;
  std::vector<std::string> wrapped = {"setpriv", "--reuid",  "postgres",
                                      "--regid", "postgres", "--clear-groups"};
  wrapped.insert(wrapped.end(), command.begin(), command.end());
  return wrapped;
}

}  // namespace

class TempPostgres::Impl {
 public:
  Impl() {
    if (folder().size() + sizeof("/.s.PGSQL.5432") > sizeof(sockaddr_un::sun_path)) {
      throw std::runtime_error("TMPDIR is too long for a unix socket");
    }
    if (geteuid() == 0) RunCommand({"chown", "postgres:postgres", folder()});
    RunCommand(AsPostgres({kInitdb, "--pgdata", data(), "--username", "postgres", "--auth", "trust",
                           "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
                           "--no-instructions"}));
    Start();
  }

  TempServer& server() { return server_; }
  const std::string& folder() const { return server_.folder(); }
  std::string data() const { return folder() + "/data"; }

  std::string Url(const std::string& database, const std::string& role) const {
    return "postgresql://" + role + "@/" + database + "?host=" + folder();
  }

  void Start() {
    server_.Spawn(AsPostgres({kServer, "-D", data(), "-k", folder(), "-c",
                              "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
                              "-c", "max_connections=200", "-c", "deadlock_timeout=50ms"}));
    server_.WaitUntil([this] { return Answers(); });
  }

  std::string Query(const std::string& database, const std::string& sql) const {
    pqxx::connection connection(Url(database, "postgres"));
    pqxx::nontransaction transaction(connection);
    const auto rows = transaction.exec(sql);
    if (rows.empty() || rows.columns() == 0 || rows[0][0].is_null()) return "";
    return rows[0][0].as<std::string>();
  }

  // Creates a database and returns its name.
  std::string CreateDatabase(Contents contents) {
    std::string name = "test_" + std::to_string(++databases_);
    if (contents == Contents::kNothing) {
      Query("postgres", "CREATE DATABASE " + name);
      return name;
    }
    EnsureTemplate();
    Query("postgres", "CREATE DATABASE " + name + " TEMPLATE " + kTemplate);
    // A clone does not inherit the privileges on the database itself.
    Query(name, ReadFile(kRolesSql));
    return name;
  }

 private:
  void EnsureTemplate() {
    if (has_template_) return;
    Query("postgres", "DROP DATABASE IF EXISTS " + std::string(kTemplate));
    Query("postgres", "CREATE DATABASE " + std::string(kTemplate));
    RunCommand({kMigrate, Url(kTemplate, "postgres")});
    has_template_ = true;
  }

  bool Answers() const {
    try {
      return Query("postgres", "SELECT 1") == "1";
    } catch (const pqxx::failure&) {
      return false;
    }
  }

  TempServer server_{"oshirase-pg-"};
  bool has_template_ = false;
  int databases_ = 0;
};

TempPostgres& SharedPostgres() {
  static TempPostgres postgres;
  return postgres;
}

TempPostgres::TempPostgres() : impl_(std::make_unique<Impl>()) {}

TempPostgres::~TempPostgres() = default;

std::string TempPostgres::Url(const std::string& database, const std::string& role) const {
  return impl_->Url(database, role);
}

void TempPostgres::Stop() { impl_->server().End(SIGINT); }

void TempPostgres::Kill() { impl_->server().Kill(); }

void TempPostgres::Start() {
  if (!impl_->server().running()) impl_->Start();
}

void TempPostgres::Freeze() { impl_->server().Stop(); }

void TempPostgres::Resume() { impl_->server().Continue(); }

void TempPostgres::Configure(const std::string& setting, const std::string& value) {
  Query("postgres", "ALTER SYSTEM SET " + setting + " = '" + value + "'");
  Query("postgres", "SELECT pg_reload_conf()");
}

std::string TempPostgres::data_directory() const { return impl_->data(); }

std::string TempPostgres::log_file() const { return impl_->server().log_file(); }

std::string TempPostgres::Query(const std::string& database, const std::string& sql) {
  return impl_->Query(database, sql);
}

TempDatabase::TempDatabase(Contents contents) : TempDatabase(SharedPostgres(), contents) {}

TempDatabase::TempDatabase(TempPostgres& postgres, Contents contents)
    : postgres_(postgres), name_(postgres.impl_->CreateDatabase(contents)) {}

TempDatabase::~TempDatabase() {
  try {
    postgres_.Query("postgres", "DROP DATABASE " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {
    // The test left the server stopped; the database goes with the cluster.
  }
}

std::string TempDatabase::Url(const std::string& role) const { return postgres_.Url(name_, role); }

std::string TempDatabase::Query(const std::string& sql) { return postgres_.Query(name_, sql); }

}  // namespace oshirase::testing
