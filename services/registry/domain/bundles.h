// The documents of all of a business's venues in one file. Drawing them takes a while, so it
// happens in a thread of its own while the business looks on.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/registry/domain/bundle_file.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/document_printer.h"
#include "services/registry/domain/own_venue_store.h"

namespace oshirase::registry {

struct BundleRequest {
  DocumentKind document = DocumentKind::kCertificate;
  BundleFormat format = BundleFormat::kPdf;
};

struct StartedBundle {
  std::string bundle_id;
  int total = 0;
};

struct BundleProgress {
  int done = 0;
  int total = 0;
  bool finished = false;
  bool failed = false;
  BundleFormat format = BundleFormat::kPdf;
};

// What it works with. All must outlive it. `on_failure` is told what stopped a bundle.
struct BundleParts {
  OwnVenueStore& venues;
  DocumentPrinter& printer;
  BundleFiles& files;
  Clock clock;
  std::function<void(const absl::Status&)> on_failure = {};
};

// Thread-safe. A bundle of another business is BUNDLE_NOT_FOUND.
class Bundles {
 public:
  // So many exist at once; of one business, so many.
  static constexpr size_t kMaxBundles = 16;
  static constexpr size_t kMaxPerBusiness = 2;
  // From its start on; then it and its file are gone.
  static constexpr absl::Duration kLife = absl::Minutes(30);
  // Of one bundle; more are as many bundles as a business may want to print.
  static constexpr size_t kMaxVenues = 5000;

  explicit Bundles(BundleParts parts);

  // Stops the thread after the document it is at; the files are gone with it.
  ~Bundles();
  Bundles(const Bundles&) = delete;
  Bundles& operator=(const Bundles&) = delete;

  // Begins a bundle of the business's open venues (for certificates those that have one which
  // holds). Of a business that has as many bundles as it may, the oldest finished one gives way.
  // Returns NO_VENUES, TOO_MANY_BUNDLES, UNAVAILABLE.
  absl::StatusOr<StartedBundle> Start(const BusinessId& business_id, const BundleRequest& request);

  // How far it is. Returns BUNDLE_NOT_FOUND.
  absl::StatusOr<BundleProgress> Get(const BusinessId& business_id, const std::string& bundle_id);

  // The finished file; it stays readable while it is held. Returns BUNDLE_NOT_FOUND,
  // BUNDLE_NOT_DONE.
  absl::StatusOr<std::shared_ptr<const BundleFile>> Open(const BusinessId& business_id,
                                                         const std::string& bundle_id);

 private:
  struct Bundle {
    std::string id;
    BusinessId business_id;
    BundleRequest request;
    std::vector<OwnVenue> venues;  // emptied when it is drawn
    absl::Time start_time;
    BundleProgress progress;
    std::shared_ptr<const BundleFile> file;
  };
  using BundlePtr = std::shared_ptr<Bundle>;

  absl::StatusOr<std::vector<OwnVenue>> VenuesOf(const BusinessId& business_id,
                                                 DocumentKind document);
  absl::Status MakeRoom(const BusinessId& business_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void ForgetOld() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  BundlePtr Find(const BusinessId& business_id, const std::string& bundle_id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Work();
  absl::StatusOr<std::shared_ptr<const BundleFile>> Draw(const BundlePtr& bundle);
  bool Advance(const BundlePtr& bundle, size_t count);

  const BundleParts parts_;
  absl::Mutex mu_;
  std::map<std::string, BundlePtr> bundles_ ABSL_GUARDED_BY(mu_);
  std::deque<BundlePtr> queue_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace oshirase::registry
