// A real Postgres for integration tests: one private cluster per test process, reachable only
// through a unix socket, and one database per test case, cloned from a migrated template.
//
// fsync is off, so these tests show nothing about a power cut; a killed server loses no commit.
#pragma once

#include <memory>
#include <string>

namespace oshirase::testing {

class TempPostgres;

// The cluster of this test process, started when first asked for and removed when the process
// ends, however it ends. Throws std::runtime_error, which fails the test, when it cannot start.
TempPostgres& SharedPostgres();

// A cluster in a private folder. Works as root too: the server then runs as user postgres. Not
// thread-safe. All methods throw std::runtime_error, which fails the test case, when they cannot.
class TempPostgres {
 public:
  // Creates and starts the cluster.
  TempPostgres();
  ~TempPostgres();

  TempPostgres(const TempPostgres&) = delete;
  TempPostgres& operator=(const TempPostgres&) = delete;

  // The connection string of `role` ("postgres" is the superuser; roles need no password).
  std::string Url(const std::string& database, const std::string& role) const;

  // Stops the server in an orderly way, as a deployment does. Sessions are ended.
  void Stop();
  // SIGKILL to all of its processes at once: a crash.
  void Kill();
  // Starts it again after Stop or Kill, and returns when it answers.
  void Start();
  // The server's processes stand still (SIGSTOP) until Resume().
  void Freeze();
  void Resume();

  // Changes a setting for all sessions and reloads, e.g. ("synchronous_standby_names", "nobody").
  void Configure(const std::string& setting, const std::string& value);

  // The folder of the data files, for tests that search them.
  std::string data_directory() const;
  // What the server logs.
  std::string log_file() const;

  // Runs `sql` in `database` as the superuser and returns the first field, or "".
  std::string Query(const std::string& database, const std::string& sql);

 private:
  friend class TempDatabase;

  class Impl;
  std::unique_ptr<Impl> impl_;
};

// What a new database holds: all roles, schemas and migrations, or nothing.
enum class Contents { kMigrated, kNothing };

// An own database for one test case. Dropped at the end, also when sessions are still open.
class TempDatabase {
 public:
  // Of the shared cluster.
  explicit TempDatabase(Contents contents = Contents::kMigrated);
  // Of `postgres`, which must outlive this.
  explicit TempDatabase(TempPostgres& postgres, Contents contents = Contents::kMigrated);
  ~TempDatabase();

  TempDatabase(const TempDatabase&) = delete;
  TempDatabase& operator=(const TempDatabase&) = delete;

  // The connection string for a login role, e.g. Url("oshirase_registry").
  std::string Url(const std::string& role) const;
  std::string superuser_url() const { return Url("postgres"); }
  const std::string& name() const { return name_; }
  TempPostgres& server() { return postgres_; }

  // Runs `sql` as the superuser and returns the first field of the first row, or "".
  std::string Query(const std::string& sql);

 private:
  TempPostgres& postgres_;
  std::string name_;
};

}  // namespace oshirase::testing
