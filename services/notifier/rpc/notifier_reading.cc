// Reading: one case, lists, the audit log, and the stream of a case's changes.
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/rpc/convert.h"
#include "services/notifier/rpc/notifier_policy.h"
#include "services/notifier/rpc/notifier_service.h"
#include "services/notifier/rpc/request_reader.h"
#include "services/notifier/rpc/signature_convert.h"
#include "services/notifier/rpc/to_wire.h"

namespace oshirase::notifier {
namespace {

// At most five looks a second; each holds a thread, so they are few.
constexpr absl::Duration kWatchInterval = absl::Milliseconds(200);
constexpr int kMaxWatchers = 16;

}  // namespace

grpc::Status NotifierServiceImpl::GetCase(grpc::ServerContext* context,
                                          const v1::GetCaseRequest* request,
                                          v1::GetCaseResponse* response) {
  const auto seen = CheckCase(*context, request->case_id(), kCaseReaders);
  if (!seen.ok()) return ToWire(seen);
  const auto file = parts_.cases.GetFile(request->case_id());
  if (!file.ok()) return ToWire(file.status());
  ToProto(file->summary, response->mutable_case_());
  response->set_statement(file->statement);
  for (const OfficerSignature& signature : file->signatures) {
    ToProto(signature, response->add_signatures());
  }
  for (const Message& message : file->messages) ToProto(message, response->add_messages());
  return grpc::Status::OK;
}

grpc::Status NotifierServiceImpl::ListCases(grpc::ServerContext* context,
                                            const v1::ListCasesRequest* request,
                                            v1::ListCasesResponse* response) {
  const auto page_size = ReadPageSize(request->page_size());
  if (!page_size.ok()) return ToWire(page_size.status());
  CaseQuery query{.state = FromProto(request->state()), .limit = *page_size + 1};
  if (!ReadPageToken(request->page_token(), query)) {
    return ToWire(RequestInvalid({{"page_token", "is not from an answer"}}));
  }
  const auto drills_only = parts_.fence.DrillsOnly({OfficerOf(*context), kCaseReaders});
  if (!drills_only.ok()) return ToWire(drills_only.status());
  query.drills_only = *drills_only;
  auto cases = parts_.cases.List(query);
  if (!cases.ok()) return ToWire(cases.status());
  if (static_cast<int>(cases->size()) > *page_size) {
    cases->pop_back();
    response->set_next_page_token(PageTokenAfter(cases->back()));
  }
  for (const Case& summary : *cases) ToProto(summary, response->add_cases());
  return grpc::Status::OK;
}

grpc::Status NotifierServiceImpl::ListAuditEntries(grpc::ServerContext* /*context*/,
                                                   const v1::ListAuditEntriesRequest* request,
                                                   v1::ListAuditEntriesResponse* response) {
  const auto page_size = ReadPageSize(request->page_size());
  if (!page_size.ok()) return ToWire(page_size.status());
  const auto after = ReadAuditToken(request->page_token());
  if (!after.ok()) return ToWire(after.status());
  const auto page = parts_.audit.List(*after, *page_size);
  if (!page.ok()) return ToWire(page.status());
  for (const audit::ChainEntry& entry : page->entries) ToProto(entry, response->add_entries());
  if (page->next_after > 0) response->set_next_page_token(absl::StrCat(page->next_after));
  return grpc::Status::OK;
}

grpc::Status NotifierServiceImpl::WatchCase(grpc::ServerContext* context,
                                            const v1::WatchCaseRequest* request,
                                            grpc::ServerWriter<v1::WatchCaseResponse>* writer) {
  const auto seen = CheckCase(*context, request->case_id(), kCaseReaders);
  if (!seen.ok()) return ToWire(seen);
  {
    absl::MutexLock lock(&mu_);
    if (watchers_ >= kMaxWatchers) return ToWire(TooManyWatchers());
    ++watchers_;
  }
  const auto status = Watch(context, request->case_id(), writer);
  absl::MutexLock lock(&mu_);
  --watchers_;
  return ToWire(status);
}

absl::Status NotifierServiceImpl::Watch(grpc::ServerContext* context, const std::string& case_id,
                                        grpc::ServerWriter<v1::WatchCaseResponse>* writer) {
  std::optional<Case> last;
  while (!context->IsCancelled()) {
    ASSIGN_OR_RETURN(Case now, parts_.cases.Get(case_id));
    if (now != last) {
      v1::WatchCaseResponse response;
      ToProto(now, response.mutable_case_());
      if (!writer->Write(response)) break;
    }
    if (IsFinished(now.state)) break;
    last = std::move(now);
    const absl::Time next = absl::Now() + kWatchInterval;
    absl::MutexLock lock(&mu_);
    while (!ending_ && !ended_.WaitWithDeadline(&mu_, next)) continue;
    if (ending_) return absl::UnavailableError("the service is stopping");
  }
  return absl::OkStatus();
}

void NotifierServiceImpl::EndWatches() {
  absl::MutexLock lock(&mu_);
  ending_ = true;
  ended_.SignalAll();
}

}  // namespace oshirase::notifier
