// BusinessService on the wire: checks shape, finds out who acts, calls the domain, converts. No
// rules, no SQL.
#pragma once

#include <memory>
#include <string>

#include "common/catalogue/catalogue.h"
#include "common/time/clock.h"
#include "oshirase/registry/v1/business_service.grpc.pb.h"
#include "services/registry/domain/bundles.h"
#include "services/registry/domain/credentials.h"
#include "services/registry/domain/document_printer.h"
#include "services/registry/domain/sign_in.h"
#include "services/registry/domain/venue_import.h"
#include "services/registry/domain/venue_keeper.h"
#include "services/registry/rpc/business_convert.h"

namespace oshirase::registry {

// What the service calls. All must outlive it.
struct BusinessParts {
  SignIn& sign_in;
  Credentials& credentials;
  VenueKeeper& keeper;
  VenueImport& import;
  DocumentPrinter& printer;
  Bundles& bundles;
  const catalogue::Catalogue& catalogue;
  Clock clock;
};

// Thread-safe. Who may call what is BusinessPolicy(), enforced before a call gets here.
class BusinessServiceImpl final : public v1::BusinessService::Service {
 public:
  explicit BusinessServiceImpl(BusinessParts parts) : parts_(std::move(parts)) {}

  grpc::Status StartRegistration(grpc::ServerContext* context,
                                 const v1::StartRegistrationRequest* request,
                                 v1::StartRegistrationResponse* response) override;
  grpc::Status CheckLink(grpc::ServerContext* context, const v1::CheckLinkRequest* request,
                         v1::CheckLinkResponse* response) override;
  grpc::Status OpenSession(grpc::ServerContext* context, const v1::OpenSessionRequest* request,
                           v1::OpenSessionResponse* response) override;
  grpc::Status CloseSession(grpc::ServerContext* context, const v1::CloseSessionRequest* request,
                            v1::CloseSessionResponse* response) override;
  grpc::Status RequestUpkeepLink(grpc::ServerContext* context,
                                 const v1::RequestUpkeepLinkRequest* request,
                                 v1::RequestUpkeepLinkResponse* response) override;
  grpc::Status GetBusiness(grpc::ServerContext* context, const v1::GetBusinessRequest* request,
                           v1::GetBusinessResponse* response) override;
  grpc::Status ListOwnVenues(grpc::ServerContext* context, const v1::ListOwnVenuesRequest* request,
                             v1::ListOwnVenuesResponse* response) override;
  grpc::Status GetOwnVenue(grpc::ServerContext* context, const v1::GetOwnVenueRequest* request,
                           v1::GetOwnVenueResponse* response) override;
  grpc::Status AddVenue(grpc::ServerContext* context, const v1::AddVenueRequest* request,
                        v1::AddVenueResponse* response) override;
  grpc::Status UpdateVenue(grpc::ServerContext* context, const v1::UpdateVenueRequest* request,
                           v1::UpdateVenueResponse* response) override;
  grpc::Status ReplaceOwnVenueCode(grpc::ServerContext* context,
                                   const v1::ReplaceOwnVenueCodeRequest* request,
                                   v1::ReplaceOwnVenueCodeResponse* response) override;
  grpc::Status SetOwnVenueState(grpc::ServerContext* context,
                                const v1::SetOwnVenueStateRequest* request,
                                v1::SetOwnVenueStateResponse* response) override;
  grpc::Status ImportVenues(grpc::ServerContext* context,
                            grpc::ServerReader<v1::ImportVenuesRequest>* reader,
                            v1::ImportVenuesResponse* response) override;
  grpc::Status RenderDocument(grpc::ServerContext* context,
                              const v1::RenderDocumentRequest* request,
                              grpc::ServerWriter<v1::RenderDocumentResponse>* writer) override;
  grpc::Status StartBundle(grpc::ServerContext* context, const v1::StartBundleRequest* request,
                           v1::StartBundleResponse* response) override;
  grpc::Status GetBundle(grpc::ServerContext* context, const v1::GetBundleRequest* request,
                         v1::GetBundleResponse* response) override;
  grpc::Status DownloadBundle(grpc::ServerContext* context,
                              const v1::DownloadBundleRequest* request,
                              grpc::ServerWriter<v1::DownloadBundleResponse>* writer) override;

 private:
  // Returns REQUEST_INVALID for none, SESSION_ENDED, API_KEY_UNKNOWN, UNAVAILABLE.
  absl::StatusOr<Holder> HolderOf(const v1::Credential& credential);
  OwnVenueView View() const { return {.catalogue = parts_.catalogue, .now = parts_.clock()}; }

  const BusinessParts parts_;
};

}  // namespace oshirase::registry
