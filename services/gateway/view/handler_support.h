// What handlers of pages do alike.
#pragma once

#include "absl/status/status.h"
#include "common/client/call_context.h"
#include "services/gateway/http/message.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// The page for a form or a sealed token that cannot be used: 403 for one of another site or
// session, 410 when its time is over, else 400.
HttpResponse RefuseForm(const Renderer& renderer, const HttpRequest& request,
                        const absl::Status& status);

// The call that answering `request` makes.
CallContext CallOf(const HttpRequest& request);

}  // namespace oshirase::gateway
