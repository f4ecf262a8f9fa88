// The notifier's gRPC face: shape in, use case, shape out.
#pragma once

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "oshirase/notifier/v1/notifier_service.grpc.pb.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/case_decisions.h"
#include "services/notifier/domain/case_entry.h"
#include "services/notifier/domain/case_preparer.h"
#include "services/notifier/domain/case_previewer.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/day_key_desk.h"
#include "services/notifier/domain/departures.h"
#include "services/notifier/domain/drill_fence.h"

namespace oshirase::notifier {

// Thread-safe.
class NotifierServiceImpl final : public v1::NotifierService::Service {
 public:
  struct Parts {
    CaseStore& cases;
    CasePreparer& preparer;
    CasePreviewer& previewer;
    CaseEntry& entry;
    CaseDecisions& decisions;
    DrillFence& fence;
    DayKeyDesk& day_keys;
    Departures& departures;
    AuditTrail& audit;
  };

  // The parts must outlive it.
  explicit NotifierServiceImpl(Parts parts) : parts_(parts) {}

  // Ends the streams of WatchCase, so that the server can stop.
  void EndWatches();

  grpc::Status GetDayKeys(grpc::ServerContext* context, const v1::GetDayKeysRequest* request,
                          v1::GetDayKeysResponse* response) override;
  grpc::Status RecordFollowChange(grpc::ServerContext* context,
                                  const v1::RecordFollowChangeRequest* request,
                                  v1::RecordFollowChangeResponse* response) override;
  grpc::Status PrepareCase(grpc::ServerContext* context, const v1::PrepareCaseRequest* request,
                           v1::PrepareCaseResponse* response) override;
  grpc::Status PreviewCase(grpc::ServerContext* context, const v1::PreviewCaseRequest* request,
                           v1::PreviewCaseResponse* response) override;
  grpc::Status SubmitCase(grpc::ServerContext* context, const v1::SubmitCaseRequest* request,
                          v1::SubmitCaseResponse* response) override;
  grpc::Status ApproveCase(grpc::ServerContext* context, const v1::ApproveCaseRequest* request,
                           v1::ApproveCaseResponse* response) override;
  grpc::Status RejectCase(grpc::ServerContext* context, const v1::RejectCaseRequest* request,
                          v1::RejectCaseResponse* response) override;
  grpc::Status CancelCase(grpc::ServerContext* context, const v1::CancelCaseRequest* request,
                          v1::CancelCaseResponse* response) override;
  grpc::Status PauseCase(grpc::ServerContext* context, const v1::PauseCaseRequest* request,
                         v1::PauseCaseResponse* response) override;
  grpc::Status ResumeCase(grpc::ServerContext* context, const v1::ResumeCaseRequest* request,
                          v1::ResumeCaseResponse* response) override;
  grpc::Status SettleCase(grpc::ServerContext* context, const v1::SettleCaseRequest* request,
                          v1::SettleCaseResponse* response) override;
  grpc::Status GetCase(grpc::ServerContext* context, const v1::GetCaseRequest* request,
                       v1::GetCaseResponse* response) override;
  grpc::Status ListCases(grpc::ServerContext* context, const v1::ListCasesRequest* request,
                         v1::ListCasesResponse* response) override;
  grpc::Status WatchCase(grpc::ServerContext* context, const v1::WatchCaseRequest* request,
                         grpc::ServerWriter<v1::WatchCaseResponse>* writer) override;
  grpc::Status ListAuditEntries(grpc::ServerContext* context,
                                const v1::ListAuditEntriesRequest* request,
                                v1::ListAuditEntriesResponse* response) override;

 private:
  // Whether `case_id` is an id, and of a case that its caller may see; `roles` see real ones.
  absl::Status CheckCase(const grpc::ServerContext& context, const std::string& case_id,
                         Roles roles);
  absl::Status Watch(grpc::ServerContext* context, const std::string& case_id,
                     grpc::ServerWriter<v1::WatchCaseResponse>* writer);

  const Parts parts_;
  absl::Mutex mu_;
  absl::CondVar ended_;
  bool ending_ ABSL_GUARDED_BY(mu_) = false;
  int watchers_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace oshirase::notifier
