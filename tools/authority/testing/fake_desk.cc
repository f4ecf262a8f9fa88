#include "tools/authority/testing/fake_desk.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/grpc_status.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr int kReissued = 100;

AccessPolicy DeskOnly() {
  std::vector<AccessRule> rules;
  for (const auto& method : CompiledMethods("oshirase.registry.v1.DeskService")) {
    rules.push_back({.method = method, .services = {}, .roles = {Role::kDesk}});
  }
  return AccessPolicy(rules);
}

}  // namespace

void FakeDesk::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex);
  next_ = std::move(status);
}

absl::Status FakeDesk::Note(const google::protobuf::Message& request) {
  const absl::MutexLock lock(&mutex);
  asked.push_back(request.ShortDebugString());
  return std::exchange(next_, absl::OkStatus());
}

grpc::Status FakeDesk::SearchRegister(grpc::ServerContext* /*context*/,
                                      const rv1::SearchRegisterRequest* request,
                                      rv1::SearchRegisterResponse* response) {
  const auto status = Note(*request);
  size_t at = 0;
  if (!request->page_token().empty() && !absl::SimpleAtoi(request->page_token(), &at)) {
    return {grpc::StatusCode::INVALID_ARGUMENT, "page token"};
  }
  const auto end = std::min(entries.size(), at + static_cast<size_t>(request->page_size()));
  for (; at < end; ++at) *response->add_entries() = entries[at];
  if (at < entries.size()) response->set_next_page_token(absl::StrCat(at));
  return ToGrpcStatus(status);
}

grpc::Status FakeDesk::GetEntry(grpc::ServerContext* /*context*/,
                                const rv1::GetEntryRequest* request,
                                rv1::GetEntryResponse* response) {
  const auto status = Note(*request);
  if (!entries.empty()) *response->mutable_entry() = entries.front();
  return ToGrpcStatus(status);
}

grpc::Status FakeDesk::CorrectEntry(grpc::ServerContext* /*context*/,
                                    const rv1::CorrectEntryRequest* request,
                                    rv1::CorrectEntryResponse* response) {
  const auto status = Note(*request);
  *response->mutable_entry()->mutable_venue()->mutable_details() = request->details();
  return ToGrpcStatus(status);
}

grpc::Status FakeDesk::ExportRegister(grpc::ServerContext* /*context*/,
                                      const rv1::ExportRegisterRequest* request,
                                      grpc::ServerWriter<rv1::ExportRegisterResponse>* writer) {
  const auto status = Note(*request);
  for (const auto& entry : entries) {
    rv1::ExportRegisterResponse batch;
    *batch.add_entries() = entry;
    if (!writer->Write(batch)) break;
  }
  return ToGrpcStatus(status);
}

grpc::Status FakeDesk::ReissueCertificates(
    grpc::ServerContext* context, const rv1::ReissueCertificatesRequest* request,
    grpc::ServerWriter<rv1::ReissueCertificatesResponse>* writer) {
  if (const auto status = Note(*request); !status.ok()) return ToGrpcStatus(status);
  Reissue reissue{.done = {kReissued}, .end = absl::OkStatus()};
  {
    const absl::MutexLock lock(&mutex);
    if (!reissues.empty()) {
      reissue = reissues.front();
      reissues.pop_front();
    }
  }
  for (const int done : reissue.done) {
    rv1::ReissueCertificatesResponse progress;
    progress.set_done(done);
    progress.set_total(kReissued);
    writer->Write(progress);
  }
  while (reissue.hangs && !context->IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
  return ToGrpcStatus(reissue.end);
}

DeskScene::DeskScene() : server("registry", DeskOnly(), {&desk}) {
  server.officers().Enroll("officer-d", {Role::kDesk});
  const auto files = server.certificates().Officer("officer-d");
  const auto address = absl::StrCat("127.0.0.1:", server.server().port());
  auto opened = Session::Open({.notifier = address,
                               .registry = address,
                               .cert = files.certificate,
                               .key = files.key,
                               .ca = files.authorities});
  if (!opened.ok()) {
    std::cerr << "desk scene: " << opened.status() << "\n";
    std::abort();
  }
  session = *std::move(opened);
}

}  // namespace oshirase::authority
