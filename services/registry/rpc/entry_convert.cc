#include "services/registry/rpc/entry_convert.h"

#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/business_convert.h"
#include "services/registry/rpc/convert.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxTextCharacters = 100;

void Fill(const EntryChange& change, v1::EntryChange* proto) {
  ToProto(change.time, proto->mutable_time());
  proto->set_actor(change.actor);
  proto->set_action(change.action);
  for (const auto& field : change.fields) proto->add_fields(field);
  proto->set_reason(change.reason);
}

void Fill(const std::vector<RegisterCount>& counts,
          google::protobuf::RepeatedPtrField<v1::RegisterCount>* protos) {
  for (const auto& count : counts) {
    auto* const proto = protos->Add();
    proto->set_key(count.key);
    proto->set_count(static_cast<int32_t>(count.count));
  }
}

// Unset is any state; a number that is none is refused.
std::optional<VenueState> ReadState(v1::VenueState proto, RequestCheck& check) {
  if (proto == v1::VENUE_STATE_UNSPECIFIED) return std::nullopt;
  const auto state = FromProto(proto);
  if (!state.has_value()) check.Add("filter.state", "UNKNOWN_STATE", "must be a state");
  return state;
}

}  // namespace

void ToProto(const RegisterEntry& entry, const catalogue::Catalogue& catalogue,
             v1::RegisterEntry* proto) {
  ToProto(entry.venue, catalogue, proto->mutable_venue());
  if (entry.certificate.has_value()) ToProto(*entry.certificate, proto->mutable_certificate());
  if (entry.inspect_time.has_value()) ToProto(*entry.inspect_time, proto->mutable_inspect_time());
}

void ToProto(const EntryFile& file, const catalogue::Catalogue& catalogue,
             v1::GetEntryResponse* proto) {
  ToProto(file.entry, catalogue, proto->mutable_entry());
  for (const auto& measure : file.measures) ToProto(measure, proto->add_measures());
  for (const auto& certificate : file.certificates) ToProto(certificate, proto->add_certificates());
  for (const auto& change : file.changes) Fill(change, proto->add_changes());
}

void ToProto(const RegisterCounts& counts, v1::CountRegisterResponse* proto) {
  Fill(counts.by_kind, proto->mutable_by_kind());
  Fill(counts.by_municipality, proto->mutable_by_municipality());
  Fill(counts.by_state, proto->mutable_by_state());
  Fill(counts.by_month, proto->mutable_by_month());
}

RegisterRequest ReadFilter(const v1::RegisterFilter& filter, const catalogue::Catalogue& catalogue,
                           RequestCheck& check) {
  RegisterRequest request{.text = filter.text(), .filter = {}, .actor = ""};
  RegisterFilter& read = request.filter;
  if (!request.text.empty()) check.Add(CheckText("filter.text", request.text, kMaxTextCharacters));
  read.kind = filter.kind();
  if (!read.kind.empty() && catalogue.FindIndustry(read.kind) == nullptr)
    check.Add("filter.kind", "UNKNOWN_KIND", "must be a kind of the catalogue");
  read.municipality = filter.municipality();
  if (!read.municipality.empty())
    check.Add(CheckText("filter.municipality", read.municipality, kMaxMunicipalityCharacters));
  read.state = ReadState(filter.state(), check);
  if (filter.has_create_time_from()) read.created_from = FromProto(filter.create_time_from());
  if (filter.has_create_time_to()) read.created_before = FromProto(filter.create_time_to());
  return request;
}

}  // namespace oshirase::registry
