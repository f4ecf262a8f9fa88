#include "services/gateway/view/handler_support.h"

#include "absl/time/clock.h"

namespace oshirase::gateway {
namespace {

// Longer than any single call may take; nginx gives up after 30 s.
constexpr absl::Duration kPatience = absl::Seconds(20);

}  // namespace

HttpResponse RefuseForm(const Renderer& renderer, const HttpRequest& request,
                        const absl::Status& status) {
  if (absl::IsPermissionDenied(status)) return renderer.ErrorPage(request, 403);
  return renderer.ErrorPage(request, absl::IsDeadlineExceeded(status) ? 410 : 400);
}

CallContext CallOf(const HttpRequest& request) {
  CallContext call;
  call.deadline = absl::Now() + kPatience;
  call.request_id = {RequestId::Kind::kVisit, request.request_id};
  return call;
}

}  // namespace oshirase::gateway
