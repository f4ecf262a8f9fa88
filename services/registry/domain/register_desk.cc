#include "services/registry/domain/register_desk.h"

#include <utility>

#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

// Which conditions were set: what was typed stays out of the log.
AuditFact ConditionsOf(const RegisterRequest& request) {
  std::vector<std::string> conditions;
  const auto add = [&](bool is_set, const char* name) {
    if (is_set) conditions.emplace_back(name);
  };
  add(!request.text.empty(), "text");
  add(!request.filter.kind.empty(), "kind");
  add(!request.filter.municipality.empty(), "municipality");
  add(request.filter.state.has_value(), "state");
  add(request.filter.created_from.has_value(), "create_time_from");
  add(request.filter.created_before.has_value(), "create_time_to");
  return {"conditions", std::move(conditions)};
}

AuditFact Shown(const std::vector<RegisterEntry>& entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.push_back(entry.venue.id.value);
  return {"shown", std::move(ids)};
}

}  // namespace

absl::StatusOr<std::optional<VenueId>> RegisterDesk::FindByNumber(const std::string& text) {
  if (const auto code = ids::ParseVenueCode(text); code.ok()) {
    ASSIGN_OR_RETURN(const auto venue, parts_.venues.FindByAnyCode(code->value));
    if (venue.has_value()) return venue->id;
  }
  if (const auto number = ids::ParsePublicNumber(text); number.ok()) {
    ASSIGN_OR_RETURN(const auto own, parts_.own_venues.FindByCertificate(number->value));
    if (own.has_value()) return own->venue.id;
  }
  return std::nullopt;
}

absl::StatusOr<RegisterFilter> RegisterDesk::FilterOf(const RegisterRequest& request) {
  RegisterFilter filter = request.filter;
  if (request.text.empty()) return filter;
  // One word in 37 of the right length happens to have the check character of a number.
  ASSIGN_OR_RETURN(filter.venue_id, FindByNumber(request.text));
  if (filter.venue_id.has_value()) return filter;
  filter.words = FoldedWords(request.text);
  if (filter.words.empty()) return SearchTextEmpty();
  return filter;
}

absl::StatusOr<RegisterPage> RegisterDesk::Search(const RegisterRequest& request, int page_size,
                                                  const std::string& page_token) {
  ASSIGN_OR_RETURN(const auto after, CursorOf(page_token));
  ASSIGN_OR_RETURN(const auto filter, FilterOf(request));
  RegisterPage page;
  // One more tells whether there is a next page.
  ASSIGN_OR_RETURN(page.entries, parts_.entries.Search(filter, after, page_size + 1));
  if (static_cast<int>(page.entries.size()) > page_size) {
    page.entries.resize(static_cast<size_t>(page_size));
    page.next_page_token = TokenAfter(page.entries.back().venue);
  }
  RETURN_IF_ERROR(parts_.audit.Append({.actor = request.actor,
                                       .action = "register.searched",
                                       .subject = "",
                                       .facts = {ConditionsOf(request), Shown(page.entries)}}));
  return page;
}

absl::StatusOr<EntryFile> RegisterDesk::Get(const std::string& key, const std::string& actor) {
  std::optional<VenueId> id;
  if (ids::ParseUuid(key).ok()) {
    id = VenueId{key};
  } else {
    ASSIGN_OR_RETURN(id, FindByNumber(key));
  }
  std::optional<EntryFile> file;
  if (id.has_value()) {
    ASSIGN_OR_RETURN(file, parts_.entries.ReadFile(*id));
  }
  RETURN_IF_ERROR(parts_.audit.Append({.actor = actor,
                                       .action = "entry.read",
                                       .subject = file.has_value() ? id->value : "",
                                       .facts = {{"found", file.has_value()}}}));
  if (!file.has_value()) return VenueNotFound();
  return *std::move(file);
}

absl::StatusOr<RegisterCounts> RegisterDesk::Count(const std::string& actor) {
  ASSIGN_OR_RETURN(auto counts, parts_.entries.Count());
  RETURN_IF_ERROR(parts_.audit.Append(
      {.actor = actor, .action = "register.counted", .subject = "", .facts = {}}));
  return counts;
}

absl::Status RegisterDesk::Export(
    const RegisterRequest& request,
    absl::FunctionRef<absl::Status(std::vector<RegisterEntry>)> take) {
  ASSIGN_OR_RETURN(const auto filter, FilterOf(request));
  const auto audit = [&](int64_t count) {
    return parts_.audit.Append({.actor = request.actor,
                                .action = "register.exported",
                                .subject = "",
                                .facts = {ConditionsOf(request), {"count", count}}});
  };
  return parts_.entries.Export(filter, {.begin = audit, .take = take});
}

absl::StatusOr<std::string> RegisterDesk::Draw(DocumentKind kind, const VenueId& id,
                                               const std::string& actor) {
  ASSIGN_OR_RETURN(const auto venue, parts_.entries.FindVenue(id));
  if (!venue.has_value()) return VenueNotFound();
  ASSIGN_OR_RETURN(auto pdf, parts_.printer.Print(kind, *venue));
  RETURN_IF_ERROR(parts_.audit.Append({.actor = actor,
                                       .action = "venue.document-drawn",
                                       .subject = id.value,
                                       .facts = {{"document", std::string(NameOf(kind))}}}));
  return pdf;
}

}  // namespace oshirase::registry
