// Debian's gRPC has the health service's server but no client stub, so its two messages of one
// field are written and read here as bytes. Reference:
// https://github.com/grpc/grpc/blob/master/doc/health-checking.md
#include "services/gateway/health/service_probe.h"

#include <string>
#include <utility>

#include "absl/synchronization/notification.h"
#include "common/client/call_context.h"
#include "common/status/grpc_status.h"
#include "grpcpp/generic/generic_stub.h"

namespace oshirase::gateway {
namespace {

constexpr char kMethod[] = "/grpc.health.v1.Health/Check";
// HealthCheckResponse{status: SERVING}: field 1, varint, 1.
constexpr char kServing[] = "\x08\x01";

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

absl::Status Probe(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout) {
  grpc::ClientContext context;
  PrepareContext(context, {}, timeout);
  grpc::GenericStub stub(channel);
  // HealthCheckRequest{service: ""} has no bytes, but a message must have a slice.
  const grpc::Slice empty("");
  const grpc::ByteBuffer request(&empty, 1);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&context, kMethod, grpc::StubOptions(), &request, &response,
                 [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (!status.ok()) return FromGrpcStatus(status);
  if (BytesOf(response) != kServing) return absl::UnavailableError("the service is not serving");
  return absl::OkStatus();
}

}  // namespace

ServiceProbe MakeServiceProbe(std::shared_ptr<grpc::Channel> channel) {
  return [channel = std::move(channel)](absl::Duration timeout) { return Probe(channel, timeout); };
}

}  // namespace oshirase::gateway
