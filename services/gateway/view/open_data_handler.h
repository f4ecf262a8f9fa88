// The open data: what it is, and its files, written out while they are read.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "services/gateway/backends/public_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/open_data/venue_table.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class OpenDataHandler {
 public:
  // Both must outlive this.
  OpenDataHandler(PublicClient& everybody, const Renderer& renderer);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

  // Files sent at once: each holds a thread, and the registry reads everything for it.
  static constexpr int kMaxDownloads = 8;

 private:
  enum class Format { kCsv, kJson };

  HttpResponse Show(const HttpRequest& request) const;
  HttpResponse Download(const HttpRequest& request, Format format);

  PublicClient& everybody_;
  const Renderer& renderer_;
  const Publisher publisher_;
  // Shared with the downloads under way, which may end after this.
  const std::shared_ptr<std::atomic<int>> downloads_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace oshirase::gateway
