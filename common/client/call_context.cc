#include "common/client/call_context.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace oshirase {

void PrepareContext(grpc::ClientContext& context, const CallContext& call, absl::Duration at_most) {
  context.set_deadline(absl::ToChronoTime(std::min(call.deadline, absl::Now() + at_most)));
  if (!call.request_id.value.empty()) {
    context.AddMetadata(MetadataKey(call.request_id.kind), call.request_id.value);
  }
}

}  // namespace oshirase
