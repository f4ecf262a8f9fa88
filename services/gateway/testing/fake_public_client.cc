#include "services/gateway/testing/fake_public_client.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kPageSize = 20;
constexpr size_t kBatchSize = 50;

}  // namespace

class FakePublicClient::Reader : public ListedVenueReader {
 public:
  Reader(FakePublicClient& client, std::vector<ListedVenue> venues)
      : client_(client), venues_(std::move(venues)) {}

  absl::StatusOr<std::vector<ListedVenue>> Next() override {
    RETURN_IF_ERROR(client_.TakeFailure());
    const size_t count = std::min(kBatchSize, venues_.size() - at_);
    const auto begin = venues_.begin() + static_cast<std::ptrdiff_t>(at_);
    at_ += count;
    return std::vector<ListedVenue>(begin, begin + static_cast<std::ptrdiff_t>(count));
  }

 private:
  FakePublicClient& client_;
  const std::vector<ListedVenue> venues_;
  size_t at_ = 0;
};

absl::Status FakePublicClient::TakeFailureLocked() {
  return std::exchange(next_, absl::OkStatus());
}

absl::Status FakePublicClient::TakeFailure() {
  const absl::MutexLock lock(&mutex_);
  return TakeFailureLocked();
}

absl::StatusOr<PublishedCertificate> FakePublicClient::GetCertificate(
    const ids::PublicNumber& number, const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailureLocked());
  const auto found = certificates_.find(number.value);
  if (found != certificates_.end()) return found->second;
  return ReasonedError(absl::StatusCode::kNotFound, "CERTIFICATE_NOT_FOUND", "no such certificate");
}

absl::StatusOr<VenueSearchPage> FakePublicClient::SearchListedVenues(const VenueSearch& search,
                                                                     const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailureLocked());
  size_t start = 0;
  if (!search.page_token.empty() && !absl::SimpleAtoi(search.page_token, &start)) {
    return absl::InvalidArgumentError("no page token of ours");
  }
  VenueSearchPage page;
  for (const ListedVenue& venue : venues_) {
    if (!search.kind.empty() && venue.kind != search.kind) continue;
    const std::string all = absl::StrCat(venue.name, venue.kana, venue.municipality, venue.address);
    if (!absl::StrContains(all, search.text)) continue;
    const auto index = static_cast<size_t>(page.match_count++);
    if (index >= start && index < start + kPageSize) page.venues.push_back(venue);
  }
  if (static_cast<size_t>(page.match_count) > start + kPageSize) {
    page.next_page_token = absl::StrCat(start + kPageSize);
  }
  return page;
}

std::unique_ptr<ListedVenueReader> FakePublicClient::ReadListedVenues(const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  return std::make_unique<Reader>(*this, venues_);
}

std::string FakePublicClient::NumberOf(const std::string& request_id) {
  std::string& number = numbers_[request_id];
  if (number.empty()) number = ids::NewPublicNumber().value;
  return number;
}

absl::StatusOr<std::string> FakePublicClient::SubmitEnquiry(const Enquiry& enquiry,
                                                            const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailureLocked());
  enquiries_.emplace(enquiry.request_id, enquiry);
  return NumberOf(enquiry.request_id);
}

absl::StatusOr<std::string> FakePublicClient::SubmitReport(const Report& report,
                                                           const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(TakeFailureLocked());
  reports_.emplace(report.request_id, report);
  return NumberOf(report.request_id);
}

void FakePublicClient::Add(PublishedCertificate certificate) {
  const absl::MutexLock lock(&mutex_);
  const std::string number = certificate.number.value;
  certificates_[number] = std::move(certificate);
}

void FakePublicClient::Add(ListedVenue venue) {
  const absl::MutexLock lock(&mutex_);
  venues_.push_back(std::move(venue));
}

void FakePublicClient::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_ = std::move(status);
}

std::map<std::string, Enquiry> FakePublicClient::enquiries() const {
  const absl::MutexLock lock(&mutex_);
  return enquiries_;
}

std::map<std::string, Report> FakePublicClient::reports() const {
  const absl::MutexLock lock(&mutex_);
  return reports_;
}

}  // namespace oshirase::gateway
