// The file holds a JSON array a line. It lives for one reading of one process, so its form is
// nobody else's business.
#include "services/registry/store/listed_venue_spool.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "common/status/macros.h"

namespace oshirase::registry {
namespace {

using Json = nlohmann::json;

constexpr size_t kBufferBytes = size_t{64} * 1024;

Json TimeJson(const std::optional<absl::Time>& time) {
  return time.has_value() ? Json(absl::ToUnixMicros(*time)) : Json(nullptr);
}

std::optional<absl::Time> TimeOf(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return absl::FromUnixMicros(json.get<int64_t>());
}

std::string LineOf(const ListedVenue& venue) {
  return Json::array({venue.id.value, venue.name, venue.kana, venue.kind, venue.postal_code,
                      venue.municipality, venue.address, venue.phone, venue.certificate_number,
                      absl::ToUnixMicros(venue.issue_time), TimeJson(venue.event_start),
                      TimeJson(venue.event_end), TimeJson(venue.inspect_time)})
             .dump() +
         "\n";
}

ListedVenue VenueOfLine(const std::string& line) {
  const Json json = Json::parse(line);
  const auto text = [&](size_t index) { return json.at(index).get<std::string>(); };
  return {.id = {text(0)},
          .name = text(1),
          .kana = text(2),
          .kind = text(3),
          .postal_code = text(4),
          .municipality = text(5),
          .address = text(6),
          .phone = text(7),
          .certificate_number = text(8),
          .issue_time = absl::FromUnixMicros(json.at(9).get<int64_t>()),
          .event_start = TimeOf(json.at(10)),
          .event_end = TimeOf(json.at(11)),
          .inspect_time = TimeOf(json.at(12))};
}

}  // namespace

absl::StatusOr<ListedVenueSpool> ListedVenueSpool::Create(const std::string& directory) {
  ASSIGN_OR_RETURN(auto file, OpenFile::Create(directory));
  return ListedVenueSpool(std::move(file));
}

absl::Status ListedVenueSpool::Add(const ListedVenue& venue) {
  buffer_ += LineOf(venue);
  return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status ListedVenueSpool::Flush() {
  RETURN_IF_ERROR(file_->Write(buffer_));
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status ListedVenueSpool::ReadAll(size_t batch, TakeListedVenues take) {
  RETURN_IF_ERROR(Flush());
  std::vector<ListedVenue> venues;
  std::string rest;  // the beginning of a line whose end is not read yet
  for (int64_t offset = 0; offset < file_->size();) {
    ASSIGN_OR_RETURN(const std::string bytes, file_->Read(offset, kBufferBytes));
    offset += static_cast<int64_t>(bytes.size());
    rest += bytes;
    size_t begin = 0;
    for (size_t end = 0; (end = rest.find('\n', begin)) != std::string::npos; begin = end + 1) {
      venues.push_back(VenueOfLine(rest.substr(begin, end - begin)));
      if (venues.size() < batch) continue;
      RETURN_IF_ERROR(take(venues));
      venues.clear();
    }
    rest.erase(0, begin);
  }
  return venues.empty() ? absl::OkStatus() : take(venues);
}

}  // namespace oshirase::registry
