// `console`: the officer's pages, served to the browser on the same machine until Ctrl-C.
#include "absl/time/time.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/server.h"
#include "tools/authority/interruption.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"

namespace oshirase::authority {

absl::Status RunConsole(Session& session, const Options& options) {
  Interruption interruption;
  console::ReissueJob reissue(session, interruption);
  ASSIGN_OR_RETURN(const auto server,
                   console::Server::Start(options.listen, console::ApiRoutes(session, reissue)));
  Tell("このアドレスをブラウザで開いてください。ほかの人に見せないでください。終わるには Ctrl-C。");
  Print(options, Dump({{"url", server->url()}}), server->url());
  while (!interruption.happened()) interruption.Wait(absl::Hours(1));
  Tell("終わります。");
  return absl::OkStatus();
}

}  // namespace oshirase::authority
