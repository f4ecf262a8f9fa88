// RegistryService on the wire: checks shape, calls the domain, converts. No rules, no SQL.
#pragma once

#include "common/catalogue/catalogue.h"
#include "oshirase/registry/v1/registry_service.grpc.pb.h"
#include "services/registry/domain/audit_store.h"
#include "services/registry/domain/code_change_store.h"
#include "services/registry/domain/key_release.h"
#include "services/registry/domain/officers.h"
#include "services/registry/domain/outer_keys.h"
#include "services/registry/domain/registrar.h"
#include "services/registry/domain/venue_decisions.h"
#include "services/registry/domain/venue_search.h"

namespace oshirase::registry {

// What the service calls. All must outlive it.
struct RegistryParts {
  Registrar& registrar;
  VenueDecisions& decisions;
  VenueSearch& search;
  OuterKeys& outer_keys;
  KeyReleaser& releaser;
  Officers& officers;
  AuditStore& audit;
  CodeChangeStore& code_changes;
  const catalogue::Catalogue& catalogue;
};

// Thread-safe. Who may call what is RegistryPolicy(), enforced before a call gets here.
class RegistryServiceImpl final : public v1::RegistryService::Service {
 public:
  explicit RegistryServiceImpl(RegistryParts parts) : parts_(parts) {}

  grpc::Status RegisterVenue(grpc::ServerContext* context, const v1::RegisterVenueRequest* request,
                             v1::RegisterVenueResponse* response) override;
  grpc::Status LookupVenueCode(grpc::ServerContext* context,
                               const v1::LookupVenueCodeRequest* request,
                               v1::LookupVenueCodeResponse* response) override;
  grpc::Status ListCodeChanges(grpc::ServerContext* context,
                               const v1::ListCodeChangesRequest* request,
                               v1::ListCodeChangesResponse* response) override;
  grpc::Status BatchGetVenues(grpc::ServerContext* context,
                              const v1::BatchGetVenuesRequest* request,
                              v1::BatchGetVenuesResponse* response) override;
  grpc::Status FindVenues(grpc::ServerContext* context, const v1::FindVenuesRequest* request,
                          v1::FindVenuesResponse* response) override;
  grpc::Status ReplaceVenueCode(grpc::ServerContext* context,
                                const v1::ReplaceVenueCodeRequest* request,
                                v1::ReplaceVenueCodeResponse* response) override;
  grpc::Status SetVenueState(grpc::ServerContext* context, const v1::SetVenueStateRequest* request,
                             v1::SetVenueStateResponse* response) override;
  grpc::Status GetOuterKeys(grpc::ServerContext* context, const v1::GetOuterKeysRequest* request,
                            v1::GetOuterKeysResponse* response) override;
  grpc::Status ReleaseOuterKeys(grpc::ServerContext* context,
                                const v1::ReleaseOuterKeysRequest* request,
                                v1::ReleaseOuterKeysResponse* response) override;
  grpc::Status VoidStatement(grpc::ServerContext* context, const v1::VoidStatementRequest* request,
                             v1::VoidStatementResponse* response) override;
  grpc::Status EnrolOfficer(grpc::ServerContext* context, const v1::EnrolOfficerRequest* request,
                            v1::EnrolOfficerResponse* response) override;
  grpc::Status RevokeOfficer(grpc::ServerContext* context, const v1::RevokeOfficerRequest* request,
                             v1::RevokeOfficerResponse* response) override;
  grpc::Status GetOfficer(grpc::ServerContext* context, const v1::GetOfficerRequest* request,
                          v1::GetOfficerResponse* response) override;
  grpc::Status ListOfficers(grpc::ServerContext* context, const v1::ListOfficersRequest* request,
                            v1::ListOfficersResponse* response) override;
  grpc::Status ListAuditEntries(grpc::ServerContext* context,
                                const v1::ListAuditEntriesRequest* request,
                                v1::ListAuditEntriesResponse* response) override;

 private:
  const RegistryParts parts_;
};

}  // namespace oshirase::registry
