// Listed venues set aside in a nameless file between the database and whoever reads them: a slow
// reader then holds no connection, and memory does not grow with their number.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/registry/domain/public_venue_store.h"
#include "services/registry/store/open_file.h"

namespace oshirase::registry {

// Not thread-safe.
class ListedVenueSpool {
 public:
  // Returns RESOURCE_EXHAUSTED when no file can be made in `directory`.
  static absl::StatusOr<ListedVenueSpool> Create(const std::string& directory);

  // Returns RESOURCE_EXHAUSTED when the disk is full.
  absl::Status Add(const ListedVenue& venue);

  // Hands what was added to `take`, in order, `batch` at a time. Returns what `take` returns as
  // soon as that is not OK; INTERNAL when the file cannot be read.
  absl::Status ReadAll(size_t batch, TakeListedVenues take);

 private:
  explicit ListedVenueSpool(std::unique_ptr<OpenFile> file) : file_(std::move(file)) {}

  absl::Status Flush();

  std::unique_ptr<OpenFile> file_;
  std::string buffer_;  // the end, not written yet
};

}  // namespace oshirase::registry
