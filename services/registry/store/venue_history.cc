#include "services/registry/store/venue_history.h"

#include <vector>

#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr char kInsertHistory[] = R"(
  INSERT INTO registry.venue_changes
    (venue_id, change_time, actor, action, fields, reason, request_id, certificate_number)
  SELECT n.venue_id, n.change_time, $3, $4, $5::text[], $6, $7, n.certificate_number
  FROM unnest($1::uuid[], $2::timestamptz[], $8::text[])
    AS n (venue_id, change_time, certificate_number))";

constexpr char kFindRequest[] = R"(
  SELECT venue_id, action FROM registry.venue_changes WHERE request_id = $1)";

// "venue.changed" is "changed" in a venue's history.
std::string ActionOf(const AuditNote& note) {
  return note.action.substr(note.action.find('.') + 1);
}

// What changed, as the note's fact "fields" tells it.
postgres::TextArray FieldsOf(const AuditNote& note) {
  postgres::TextArray fields;
  for (const auto& fact : note.facts) {
    const auto* const names = std::get_if<std::vector<std::string>>(&fact.value);
    if (fact.key != "fields" || names == nullptr) continue;
    for (const auto& name : *names) fields.Add(name);
  }
  return fields;
}

}  // namespace

void RecordChanges(pqxx::work& tx, const AuditNote& note, std::span<const HistoryLine> lines) {
  if (lines.empty()) return;
  postgres::UuidArray venues;
  postgres::TimestamptzArray times;
  postgres::TextArray numbers;
  for (const auto& line : lines) {
    venues.Add(line.venue_id.value).IgnoreError();  // ours, so a UUID
    times.Add(line.time);
    if (line.certificate_number.has_value()) {
      numbers.Add(*line.certificate_number);
    } else {
      numbers.AddNull();
    }
  }
  tx.exec_params(kInsertHistory, venues.Param(), times.Param(), HistoryActorOf(note.actor),
                 ActionOf(note), FieldsOf(note).Param(), note.reason, lines.front().request_id,
                 numbers.Param());
}

void RecordChange(pqxx::work& tx, const AuditNote& note, const HistoryLine& line) {
  RecordChanges(tx, note, {&line, 1});
}

absl::StatusOr<bool> IsRepeated(pqxx::work& tx, const AuditNote& note, const VenueId& venue_id,
                                const std::string& request_id) {
  const auto rows = tx.exec_params(kFindRequest, request_id);
  if (rows.empty()) return false;
  if (rows[0][0].as<std::string>() != venue_id.value ||
      rows[0][1].as<std::string>() != ActionOf(note)) {
    return RequestIdReused();
  }
  return true;
}

}  // namespace oshirase::registry
