// KeyBook in a service's own schema. Two tables: day keys by date, other keys by name.
//
// The service's migrations create the tables it uses:
//
//   CREATE TABLE <schema>.day_keys (
//     day date NOT NULL,
//     purpose text NOT NULL CONSTRAINT day_keys_purpose CHECK (purpose ~ '^[a-z0-9-]{1,40}$'),
//     fingerprint bytea NOT NULL CONSTRAINT day_keys_fingerprint CHECK (length(fingerprint) = 16),
//     made_at timestamptz NOT NULL,
//     destroyed_at timestamptz,
//     PRIMARY KEY (day, purpose)
//   );
//   CREATE TABLE <schema>.named_keys (
//     label text NOT NULL CONSTRAINT named_keys_label CHECK (label ~ '^[a-z0-9-]{1,40}$'),
//     purpose text NOT NULL CONSTRAINT named_keys_purpose CHECK (purpose ~ '^[a-z0-9-]{1,40}$'),
//     fingerprint bytea NOT NULL CONSTRAINT named_keys_fingerprint CHECK (length(fingerprint) =
//     16), made_at timestamptz NOT NULL, destroyed_at timestamptz, PRIMARY KEY (label, purpose)
//   );
//   GRANT SELECT, INSERT, UPDATE (fingerprint, made_at, destroyed_at)
//     ON <schema>.day_keys, <schema>.named_keys TO <login role>;
#pragma once

#include <functional>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/keyring/key_book.h"
#include "common/postgres/pool.h"

namespace oshirase::keyring {

// What has just been written to the book.
struct KeyEvent {
  enum class Kind { kMade, kDestroyed, kReplaced };
  Kind kind = Kind::kMade;
  KeyName name;
};

// "made", "destroyed" or "replaced", for audit entries.
const char* NameOf(KeyEvent::Kind kind);

// Called inside the transaction that writes the event, and only when something changed: the place
// for the audit entry, and for dropping the day's partition. A status other than OK undoes both.
// May run again when the transaction is tried again, so it must do nothing but SQL.
using KeyEventHook = std::function<absl::Status(pqxx::work&, const KeyEvent&)>;

// Thread-safe. Besides what key_book.h says, methods return INVALID_ARGUMENT, reason
// INVALID_KEY_NAME, for a name that does not fit the table.
class PostgresKeyBook final : public KeyBook {
 public:
  // A book of day keys: labels are days, the table is `<schema>.day_keys`. `pool` must outlive it;
  // `hook` may be empty.
  static PostgresKeyBook OfDays(postgres::Pool& pool, const std::string& schema, KeyEventHook hook);
  // A book of all other keys: the table is `<schema>.named_keys`.
  static PostgresKeyBook OfNames(postgres::Pool& pool, const std::string& schema,
                                 KeyEventHook hook);

  absl::StatusOr<std::optional<KeyRecord>> Find(const KeyName& name) override;
  absl::StatusOr<std::vector<KeyRecord>> List(const std::string& purpose) override;
  absl::StatusOr<KeyRecord> Record(const KeyRecord& record) override;
  absl::Status MarkDestroyed(const KeyName& name, absl::Time time) override;
  absl::Status Replace(const Fingerprint& lost, const KeyRecord& replacement) override;

 private:
  struct Sql {
    std::string find, list, insert, mark_destroyed, replace;
  };
  enum class Labels { kDays, kWords };

  PostgresKeyBook(postgres::Pool& pool, Sql sql, Labels labels, KeyEventHook hook);
  static Sql Statements(const std::string& table, const std::string& label_column);
  absl::Status Check(const KeyName& name) const;
  std::optional<KeyRecord> FindIn(pqxx::work& tx, const KeyName& name) const;
  absl::Status Tell(pqxx::work& tx, const KeyEvent& event) const;

  postgres::Pool& pool_;
  const Sql sql_;
  const Labels labels_;
  const KeyEventHook hook_;
};

}  // namespace oshirase::keyring
