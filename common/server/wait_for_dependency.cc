#include "common/server/wait_for_dependency.h"

#include "absl/strings/str_cat.h"
#include "common/config/bad_configuration.h"
#include "common/log/log.h"
#include "common/server/stop_signals.h"

namespace oshirase {

absl::Status WaitForDependency(const std::string& name, const std::function<absl::Status()>& probe,
                               const WaitOptions& options) {
  const absl::Time start = options.clock();
  absl::Time next_line = start;
  while (true) {
    absl::Status status = probe();
    if (status.ok() || IsBadConfiguration(status)) return status;

    const absl::Time now = options.clock();
    if (now - start >= options.give_up_after) {
      return absl::UnavailableError(absl::StrCat(name, " could not be reached for ",
                                                 absl::FormatDuration(options.give_up_after), ": ",
                                                 status.message()));
    }
    if (now >= next_line) {
      LogWarning("waiting for a dependency", {{"dependency", name},
                                              {"waited_s", absl::ToInt64Seconds(now - start)},
                                              {"reason", status.message()}});
      next_line += options.log_every;
    }
    const bool stop =
        options.wait ? options.wait(options.try_every) : StopSignalWithin(options.try_every);
    if (stop) return absl::CancelledError(absl::StrCat("told to stop while waiting for ", name));
  }
}

}  // namespace oshirase
