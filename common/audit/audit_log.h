// A service's audit log: an append-only hash chain in its own schema, written inside the
// transaction of the action it tells of, so that neither exists without the other.
//
// The service's migrations create the tables; the login role can add, never change or remove:
//
//   CREATE TABLE <schema>.audit_entries (
//     seq bigint PRIMARY KEY CONSTRAINT audit_entries_seq CHECK (seq > 0),
//     entry_time timestamptz NOT NULL,
//     actor text NOT NULL,
//     action text NOT NULL,
//     subject text NOT NULL,
//     detail text NOT NULL,            -- the JSON exactly as hashed; not jsonb, which rewrites it
//     previous_hash bytea NOT NULL CONSTRAINT audit_entries_previous CHECK (length(previous_hash) =
//     32), hash bytea NOT NULL CONSTRAINT audit_entries_hash CHECK (length(hash) = 32)
//   );
//   CREATE TABLE <schema>.audit_heads (
//     signed_at timestamptz PRIMARY KEY,
//     seq bigint NOT NULL,
//     hash bytea NOT NULL,
//     verify_key bytea NOT NULL,
//     signature bytea NOT NULL
//   );
//   -- One row: the end of the chain. Locking it is what puts appenders in a line.
//   CREATE TABLE <schema>.audit_tail (
//     only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT audit_tail_only_row CHECK (only_row),
//     seq bigint NOT NULL,
//     hash bytea NOT NULL
//   );
//   INSERT INTO <schema>.audit_tail (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
//   GRANT SELECT, INSERT ON <schema>.audit_entries, <schema>.audit_heads TO <login role>;
//   GRANT SELECT, UPDATE (seq, hash) ON <schema>.audit_tail TO <login role>;
#pragma once

#include <nlohmann/json.hpp>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/audit/entry.h"
#include "common/crypto/signing_key.h"
#include "common/postgres/pool.h"
#include "common/time/clock.h"

namespace oshirase::audit {

// What happened. Refused and empty attempts are entries too.
struct Entry {
  std::string actor;    // "officer/<id>", "service/<name>" or "timer"; 1 to 100 bytes
  std::string action;   // e.g. "release.granted": 1 to 60 characters of a-z 0-9 . - _
  std::string subject;  // a venue id, case id or day; up to 200 bytes; empty when there is none
  // An object of further facts, at most 16 KiB as text. No names, addresses or codes.
  nlohmann::json detail = nlohmann::json::object();
};

struct Page {
  std::vector<ChainEntry> entries;  // oldest first, as a verifier reads them
  int64_t next_after = 0;           // pass as `after` for the next page; 0 when this was the last
};

// Thread-safe.
class AuditLog {
 public:
  // `schema` is the service's schema and at the same time the chain's name.
  AuditLog(std::string schema, Clock clock);

  // Appends within `tx`. From here to the end of `tx` all other appenders of this chain wait:
  // append last, right before the commit. Throws what libpqxx throws, as everything inside a
  // transaction. Returns INVALID_ARGUMENT, reason INVALID_AUDIT_ENTRY, when a field breaks its
  // limits, is not UTF-8, or holds something of the form of a LINE user id: nothing here may name a
  // visitor.
  absl::Status Append(pqxx::work& tx, const Entry& entry) const;

  // Signs how far the chain has come; to be called every 10 minutes. Returns UNAVAILABLE when the
  // database cannot be reached.
  absl::StatusOr<SignedHead> SignHead(postgres::Pool& pool, const crypto::SigningKey& key) const;

  // Up to `limit` entries with a seq above `after`.
  absl::StatusOr<Page> List(postgres::Pool& pool, int64_t after, int limit) const;

  // Reads the whole chain and all heads and checks them, and that the chain ends where its tail and
  // its heads say. `key` is the key all heads must be signed with.
  // Returns DATA_LOSS, reason AUDIT_CHAIN_BROKEN or AUDIT_HEAD_FORGED, when something was changed,
  // removed or added behind the log's back.
  absl::Status Verify(postgres::Pool& pool, const crypto::VerifyKey& key) const;

 private:
  std::string Sql(const char* statement) const;
  absl::Status VerifyIn(pqxx::work& tx, const crypto::VerifyKey& key) const;

  const std::string schema_;
  const Clock clock_;
};

}  // namespace oshirase::audit
