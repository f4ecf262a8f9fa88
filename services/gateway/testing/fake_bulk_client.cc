#include "services/gateway/testing/fake_bulk_client.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::gateway {

absl::Status FakeBulkClient::TakeFailure() { return std::exchange(next_, absl::OkStatus()); }

absl::StatusOr<ImportResult> FakeBulkClient::ImportVenues(const Credential& credential,
                                                          const VenueImport& import,
                                                          const CallContext& call) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  imports_.push_back(import);
  if (!problems_.empty()) return ImportResult{0, std::exchange(problems_, {})};
  if (!import.check_only) {
    for (size_t i = 0; i < import.rows.size(); ++i) {
      const std::string id = absl::StrCat(import.request_id, "/", i);
      RETURN_IF_ERROR(business_.AddVenue(credential, id, import.rows[i], call).status());
    }
  }
  return ImportResult{static_cast<int>(import.rows.size()), {}};
}

absl::StatusOr<std::string> FakeBulkClient::StartBundle(const Credential& credential,
                                                        Document /*document*/, BundleFormat format,
                                                        const CallContext& call) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  ASSIGN_OR_RETURN(const auto page, business_.ListOwnVenues(credential, "", call));
  if (page.venues.empty()) {
    return ReasonedError(absl::StatusCode::kFailedPrecondition, "NO_VENUES", "no open venue");
  }
  const std::string id = ids::NewUuid();
  bundles_[id] = {.total = static_cast<int>(page.venues.size()), .format = format};
  return id;
}

absl::StatusOr<Bundle> FakeBulkClient::GetBundle(const Credential& /*credential*/,
                                                 const std::string& bundle_id,
                                                 const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailure());
  const auto found = bundles_.find(bundle_id);
  if (found == bundles_.end()) {
    return ReasonedError(absl::StatusCode::kNotFound, "BUNDLE_NOT_FOUND", "no such bundle");
  }
  Bundle& bundle = found->second;
  const Bundle answer = bundle;
  bundle.done = std::min(bundle.done + 1, bundle.total);
  bundle.finished = !bundle.failed && bundle.done == bundle.total;
  return answer;
}

absl::StatusOr<PieceReader> FakeBulkClient::ReadBundle(const Credential& credential,
                                                       const std::string& bundle_id,
                                                       const CallContext& call) {
  ASSIGN_OR_RETURN(const Bundle bundle, GetBundle(credential, bundle_id, call));
  if (!bundle.finished) {
    return ReasonedError(absl::StatusCode::kFailedPrecondition, "BUNDLE_NOT_DONE", "not done");
  }
  const absl::MutexLock lock(&mutex_);
  const auto pieces = std::make_shared<int>(0);
  return [pieces, breaks = breaking_]() -> absl::StatusOr<std::string> {
    const int piece = (*pieces)++;
    if (piece == 0) return "first piece,";
    if (breaks) return absl::UnavailableError("the registry went away");
    return piece == 1 ? "second piece" : "";
  };
}

void FakeBulkClient::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_ = std::move(status);
}

void FakeBulkClient::RefuseNext(std::vector<ImportProblem> problems) {
  const absl::MutexLock lock(&mutex_);
  problems_ = std::move(problems);
}

void FakeBulkClient::BreakReading() {
  const absl::MutexLock lock(&mutex_);
  breaking_ = true;
}

void FakeBulkClient::FailBundles() {
  const absl::MutexLock lock(&mutex_);
  for (auto& [id, bundle] : bundles_) {
    bundle.failed = true;
    bundle.finished = false;
  }
}

std::vector<VenueImport> FakeBulkClient::imports() const {
  const absl::MutexLock lock(&mutex_);
  return imports_;
}

}  // namespace oshirase::gateway
