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

// What must live until the answer is there.
struct Probe {
  explicit Probe(const std::shared_ptr<grpc::Channel>& channel) : stub(channel) {}

  absl::Status Answer(const grpc::Status& status) const {
    if (!status.ok()) return FromGrpcStatus(status);
    if (BytesOf(response) != kServing) return absl::UnavailableError("the service is not serving");
    return absl::OkStatus();
  }

  grpc::GenericStub stub;
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

}  // namespace

ServiceProbe MakeServiceProbe(std::shared_ptr<grpc::Channel> channel) {
  return [channel = std::move(channel)](absl::Duration timeout,
                                        std::function<void(absl::Status)> done) {
    const auto probe = std::make_shared<Probe>(channel);
    PrepareContext(probe->context, {}, timeout);
    // HealthCheckRequest{service: ""} has no bytes, but a message must have a slice.
    const grpc::Slice empty("");
    probe->request = grpc::ByteBuffer(&empty, 1);
    probe->stub.UnaryCall(&probe->context, kMethod, grpc::StubOptions(), &probe->request,
                          &probe->response,
                          [probe, done = std::move(done)](const grpc::Status& status) {
                            done(probe->Answer(status));
                          });
  };
}

absl::Status ProbeNow(const ServiceProbe& probe, absl::Duration timeout) {
  absl::Notification answered;
  absl::Status answer;
  probe(timeout, [&](absl::Status status) {
    answer = std::move(status);
    answered.Notify();
  });
  answered.WaitForNotification();
  return answer;
}

}  // namespace oshirase::gateway
