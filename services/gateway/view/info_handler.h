// Pages that only inform: what the service is, how to use it, questions and answers, privacy.
#pragma once

#include <vector>

#include "services/gateway/http/router.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class InfoHandler {
 public:
  // `renderer` must outlive this.
  explicit InfoHandler(const Renderer& renderer) : renderer_(renderer) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  const Renderer& renderer_;
};

}  // namespace oshirase::gateway
