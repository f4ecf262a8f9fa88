#include "services/registry/domain/bundles.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr int kPage = 200;  // venues read from the store at once

// Names need no more than to differ and to be safe on every disk: what venues are called is inside.
std::string FileName(DocumentKind document, size_t position, const OwnVenue& venue) {
  return absl::StrFormat("%04d-%s-%s.pdf", position + 1, NameOf(document), venue.venue.code);
}

bool Belongs(const OwnVenue& venue, DocumentKind document) {
  return venue.venue.state == VenueState::kOpen &&
         (document != DocumentKind::kCertificate ||
          (venue.certificate.has_value() &&
           venue.certificate->state == CertificateState::kCurrent));
}

}  // namespace

Bundles::Bundles(BundleParts parts) : parts_(std::move(parts)), thread_([this] { Work(); }) {}

Bundles::~Bundles() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
  }
  thread_.join();
}

absl::StatusOr<std::vector<OwnVenue>> Bundles::VenuesOf(const BusinessId& business_id,
                                                        DocumentKind document) {
  std::vector<OwnVenue> venues;
  std::optional<VenueCursor> after;
  while (venues.size() < kMaxVenues) {
    ASSIGN_OR_RETURN(auto page, parts_.venues.List(business_id, after, kPage));
    if (page.empty()) break;
    after =
        VenueCursor{.create_time = page.back().venue.create_time, .venue_id = page.back().venue.id};
    for (auto& venue : page) {
      if (Belongs(venue, document) && venues.size() < kMaxVenues)
        venues.push_back(std::move(venue));
    }
  }
  return venues;
}

void Bundles::ForgetOld() {
  const absl::Time now = parts_.clock();
  for (auto it = bundles_.begin(); it != bundles_.end();) {
    const Bundle& bundle = *it->second;
    const bool settled = bundle.progress.finished || bundle.progress.failed;
    it = settled && bundle.start_time + kLife <= now ? bundles_.erase(it) : std::next(it);
  }
}

absl::Status Bundles::MakeRoom(const BusinessId& business_id) {
  ForgetOld();
  std::vector<BundlePtr> own;
  for (const auto& [id, bundle] : bundles_) {
    if (bundle->business_id == business_id) own.push_back(bundle);
  }
  if (own.size() >= kMaxPerBusiness) {
    const auto oldest = std::min_element(own.begin(), own.end(), [](const auto& a, const auto& b) {
      const auto rank = [](const Bundle& bundle) {
        const bool settled = bundle.progress.finished || bundle.progress.failed;
        return std::pair(!settled, bundle.start_time);
      };
      return rank(*a) < rank(*b);
    });
    const BundleProgress& progress = (*oldest)->progress;
    if (!progress.finished && !progress.failed) return TooManyBundles();
    bundles_.erase((*oldest)->id);
  }
  return bundles_.size() < kMaxBundles ? absl::OkStatus() : TooManyBundles();
}

absl::StatusOr<StartedBundle> Bundles::Start(const BusinessId& business_id,
                                             const BundleRequest& request) {
  ASSIGN_OR_RETURN(auto venues, VenuesOf(business_id, request.document));
  if (venues.empty()) return NoVenues();
  const auto total = static_cast<int>(venues.size());
  auto bundle =
      std::make_shared<Bundle>(Bundle{.id = ids::NewUuid(),
                                      .business_id = business_id,
                                      .request = request,
                                      .venues = std::move(venues),
                                      .start_time = parts_.clock(),
                                      .progress = {.total = total, .format = request.format},
                                      .file = nullptr});
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(MakeRoom(business_id));
  bundles_[bundle->id] = bundle;
  queue_.push_back(bundle);
  return StartedBundle{.bundle_id = bundle->id, .total = total};
}

Bundles::BundlePtr Bundles::Find(const BusinessId& business_id, const std::string& bundle_id) {
  ForgetOld();
  const auto found = bundles_.find(bundle_id);
  if (found == bundles_.end() || found->second->business_id != business_id) return nullptr;
  return found->second;
}

absl::StatusOr<BundleProgress> Bundles::Get(const BusinessId& business_id,
                                            const std::string& bundle_id) {
  absl::MutexLock lock(&mu_);
  const auto bundle = Find(business_id, bundle_id);
  if (bundle == nullptr) return BundleNotFound();
  return bundle->progress;
}

absl::StatusOr<std::shared_ptr<const BundleFile>> Bundles::Open(const BusinessId& business_id,
                                                                const std::string& bundle_id) {
  absl::MutexLock lock(&mu_);
  const auto bundle = Find(business_id, bundle_id);
  if (bundle == nullptr) return BundleNotFound();
  if (!bundle->progress.finished) return BundleNotDone();
  return bundle->file;
}

bool Bundles::Advance(const BundlePtr& bundle, size_t count) {
  absl::MutexLock lock(&mu_);
  bundle->progress.done += static_cast<int>(count);
  return !stopping_;
}

absl::StatusOr<std::shared_ptr<const BundleFile>> Bundles::Draw(const BundlePtr& bundle) {
  const auto& [document, format] = bundle->request;
  ASSIGN_OR_RETURN(const auto writer, parts_.files.Create(format));
  // A book shares its fonts, and is made in seconds.
  const size_t step = format == BundleFormat::kPdf ? DocumentPrinter::kMaxBook : 1;
  for (size_t begin = 0; begin < bundle->venues.size(); begin += step) {
    const size_t end = std::min(begin + step, bundle->venues.size());
    const std::vector<OwnVenue> venues(bundle->venues.begin() + static_cast<ptrdiff_t>(begin),
                                       bundle->venues.begin() + static_cast<ptrdiff_t>(end));
    ASSIGN_OR_RETURN(const auto pdf, format == BundleFormat::kPdf
                                         ? parts_.printer.PrintBook(document, venues)
                                         : parts_.printer.Print(document, venues.front()));
    RETURN_IF_ERROR(writer->Add(FileName(document, begin, venues.front()), pdf));
    if (!Advance(bundle, venues.size())) return absl::CancelledError("the service stops");
  }
  return writer->Finish();
}

void Bundles::Work() {
  while (true) {
    BundlePtr bundle;
    {
      absl::MutexLock lock(&mu_);
      // Wakes now and then to let go of files whose time is over.
      mu_.AwaitWithTimeout(absl::Condition(
                               +[](Bundles* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mu_) {
                                 return self->stopping_ || !self->queue_.empty();
                               },
                               this),
                           absl::Minutes(1));
      if (stopping_) return;
      ForgetOld();
      if (queue_.empty()) continue;
      bundle = std::move(queue_.front());
      queue_.pop_front();
    }
    auto file = Draw(bundle);
    if (!file.ok() && !absl::IsCancelled(file.status()) && parts_.on_failure)
      parts_.on_failure(file.status());
    absl::MutexLock lock(&mu_);
    bundle->venues.clear();
    bundle->progress.failed = !file.ok();
    bundle->progress.finished = file.ok();
    if (file.ok()) bundle->file = *std::move(file);
  }
}

}  // namespace oshirase::registry
