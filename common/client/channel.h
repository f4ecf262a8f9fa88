// Channels to the other services: mutual TLS, and a server is believed only when its certificate
// names the service we meant, so addresses can be anything.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/client/tls_files.h"
#include "grpcpp/channel.h"

namespace oshirase {

struct ChannelOptions {
  // "host:port", or several IP addresses with ports separated by commas; calls take turns.
  std::string address;
  // The service that must answer: its certificate says spiffe://services.oshirase/<service>.
  std::string service;
  // Full names ("/package.Service/Method") of methods that may be sent again after UNAVAILABLE, up
  // to 3 times in all, while fewer than a tenth of the calls fail. Only idempotent ones.
  std::vector<std::string> retried_methods = {};
  // The longest answer taken.
  int max_response_bytes = 4 * 1024 * 1024;
};

// A channel that presents the certificate of `certificates` and believes servers signed by its
// authorities. Never fails: calls return UNAVAILABLE while the server is away or is somebody else,
// and work within about a second of its return.
std::shared_ptr<grpc::Channel> MakeChannel(
    const ChannelOptions& options, const std::shared_ptr<CertificateProvider>& certificates);

}  // namespace oshirase
