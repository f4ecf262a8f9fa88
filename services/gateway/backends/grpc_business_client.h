// The BusinessClient that speaks gRPC.
#pragma once

#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "oshirase/registry/v1/business_service.grpc.pb.h"
#include "services/gateway/backends/business_client.h"

namespace oshirase::gateway {

class GrpcBusinessClient : public BusinessClient {
 public:
  explicit GrpcBusinessClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<StartedRegistration> StartRegistration(const std::string& request_id,
                                                        const VenueDetails& details,
                                                        const CallContext& call) override;
  absl::StatusOr<MailedLink> CheckLink(const std::string& link_token,
                                       const CallContext& call) override;
  absl::StatusOr<OpenedSession> OpenSession(const std::string& link_token,
                                            const CallContext& call) override;
  absl::Status CloseSession(const std::string& session_token, const CallContext& call) override;
  absl::Status RequestUpkeepLink(const std::string& email, const CallContext& call) override;
  absl::StatusOr<Business> GetBusiness(const Credential& credential,
                                       const CallContext& call) override;
  absl::StatusOr<OwnVenuePage> ListOwnVenues(const Credential& credential,
                                             const std::string& page_token,
                                             const CallContext& call) override;
  absl::StatusOr<OwnVenue> GetOwnVenue(const Credential& credential, const std::string& venue_id,
                                       const CallContext& call) override;
  absl::StatusOr<OwnVenue> AddVenue(const Credential& credential, const std::string& request_id,
                                    const VenueDetails& details, const CallContext& call) override;
  absl::StatusOr<ChangedVenue> UpdateVenue(const Credential& credential, const VenueChange& change,
                                           const CallContext& call) override;
  absl::StatusOr<OwnVenue> ReplaceCode(const Credential& credential,
                                       const CodeReplacement& replacement,
                                       const CallContext& call) override;
  absl::StatusOr<OwnVenue> SetVenueOpen(const Credential& credential, const std::string& venue_id,
                                        bool open, const CallContext& call) override;
  absl::StatusOr<std::string> RenderDocument(const Credential& credential,
                                             const std::string& venue_id, Document document,
                                             const CallContext& call) override;

 private:
  std::unique_ptr<registry::v1::BusinessService::Stub> stub_;
};

}  // namespace oshirase::gateway
