// SIGTERM and SIGINT, waited for by one thread instead of handled: a handler may not take locks,
// and stopping a server takes them (grpc/grpc#24884).
#pragma once

#include "absl/time/time.h"

namespace oshirase {

// Blocks the stop signals in this thread and in those it starts. Call first in main().
void BlockStopSignals();

// Blocks until a stop signal arrives.
void WaitForStopSignal();

// Blocks until a stop signal arrives or `timeout` is over; whether one arrived. It stays pending,
// so that the next wait ends at once.
bool StopSignalWithin(absl::Duration timeout);

}  // namespace oshirase
