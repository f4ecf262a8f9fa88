// The registry's desk behind a real connection, in memory. It keeps what it was asked and answers
// what it was told; it judges nothing, so that it cannot show which details the registry refuses.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/server/testing/test_server.h"
#include "oshirase/registry/v1/desk_service.grpc.pb.h"
#include "tools/authority/session.h"

namespace oshirase::authority {

// Thread-safe, once it is set up.
class FakeDesk : public registry::v1::DeskService::Service {
 public:
  grpc::Status SearchRegister(grpc::ServerContext* context,
                              const registry::v1::SearchRegisterRequest* request,
                              registry::v1::SearchRegisterResponse* response) override;
  grpc::Status GetEntry(grpc::ServerContext* context, const registry::v1::GetEntryRequest* request,
                        registry::v1::GetEntryResponse* response) override;
  grpc::Status CorrectEntry(grpc::ServerContext* context,
                            const registry::v1::CorrectEntryRequest* request,
                            registry::v1::CorrectEntryResponse* response) override;
  grpc::Status ExportRegister(
      grpc::ServerContext* context, const registry::v1::ExportRegisterRequest* request,
      grpc::ServerWriter<registry::v1::ExportRegisterResponse>* writer) override;
  grpc::Status ReissueCertificates(
      grpc::ServerContext* context, const registry::v1::ReissueCertificatesRequest* request,
      grpc::ServerWriter<registry::v1::ReissueCertificatesResponse>* writer) override;

  // How the next calls of ReissueCertificates go; after these they answer that all is done.
  struct Reissue {
    std::vector<int> done;  // Progress of 100, ...
    absl::Status end;       // then this,
    bool hangs = false;     // or nothing until the caller gives up.
  };

  // Ends the next call of any method.
  void FailNext(absl::Status status);

  std::vector<registry::v1::RegisterEntry> entries;  // Set up before the first call.
  std::deque<Reissue> reissues ABSL_GUARDED_BY(mutex);
  std::vector<std::string> asked ABSL_GUARDED_BY(mutex);  // Requests, as short debug strings.
  absl::Mutex mutex;

 private:
  // Notes the request; what FailNext() said.
  absl::Status Note(const google::protobuf::Message& request);

  absl::Status next_ ABSL_GUARDED_BY(mutex);
};

// A session of an officer with role desk on a FakeDesk.
struct DeskScene {
  DeskScene();

  FakeDesk desk;
  TestServer server;
  std::unique_ptr<Session> session;
};

}  // namespace oshirase::authority
