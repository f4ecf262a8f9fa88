// DeskService on the wire: checks shape, calls the domain with the officer's name, converts. No
// rules, no SQL. The methods stand by what they are about: desk_register.cc,
// desk_certificates.cc, desk_letters.cc, desk_api_keys.cc.
#pragma once

#include <utility>

#include "common/catalogue/catalogue.h"
#include "oshirase/registry/v1/desk_service.grpc.pb.h"
#include "services/registry/domain/api_keys.h"
#include "services/registry/domain/entry_editor.h"
#include "services/registry/domain/letter_box.h"
#include "services/registry/domain/register_desk.h"
#include "services/registry/domain/reissue.h"
#include "services/registry/domain/venue_decisions.h"

namespace oshirase::registry {

// What the service calls. All must outlive it.
struct DeskParts {
  RegisterDesk& desk;
  EntryEditor& editor;
  VenueDecisions& decisions;
  Reissue& reissue;
  const catalogue::Catalogue& catalogue;
  LetterBox& letters;
  ApiKeys& api_keys;
};

// Thread-safe. Who may call what is RegistryPolicy(), enforced before a call gets here; the domain
// audits what is seen and done under ActorOf() of request_reader.h.
class DeskServiceImpl final : public v1::DeskService::Service {
 public:
  explicit DeskServiceImpl(DeskParts parts) : parts_(std::move(parts)) {}

  grpc::Status SearchRegister(grpc::ServerContext* context,
                              const v1::SearchRegisterRequest* request,
                              v1::SearchRegisterResponse* response) override;
  grpc::Status GetEntry(grpc::ServerContext* context, const v1::GetEntryRequest* request,
                        v1::GetEntryResponse* response) override;
  grpc::Status CorrectEntry(grpc::ServerContext* context, const v1::CorrectEntryRequest* request,
                            v1::CorrectEntryResponse* response) override;
  grpc::Status RegisterOnBehalf(grpc::ServerContext* context,
                                const v1::RegisterOnBehalfRequest* request,
                                v1::RegisterOnBehalfResponse* response) override;
  grpc::Status RecordInspection(grpc::ServerContext* context,
                                const v1::RecordInspectionRequest* request,
                                v1::RecordInspectionResponse* response) override;
  grpc::Status MailBusiness(grpc::ServerContext* context, const v1::MailBusinessRequest* request,
                            v1::MailBusinessResponse* response) override;
  grpc::Status CountRegister(grpc::ServerContext* context, const v1::CountRegisterRequest* request,
                             v1::CountRegisterResponse* response) override;
  grpc::Status ExportRegister(grpc::ServerContext* context,
                              const v1::ExportRegisterRequest* request,
                              grpc::ServerWriter<v1::ExportRegisterResponse>* writer) override;

  grpc::Status DrawDocument(grpc::ServerContext* context, const v1::DrawDocumentRequest* request,
                            grpc::ServerWriter<v1::DrawDocumentResponse>* writer) override;
  grpc::Status WithdrawCertificate(grpc::ServerContext* context,
                                   const v1::WithdrawCertificateRequest* request,
                                   v1::WithdrawCertificateResponse* response) override;
  grpc::Status ReissueCertificates(
      grpc::ServerContext* context, const v1::ReissueCertificatesRequest* request,
      grpc::ServerWriter<v1::ReissueCertificatesResponse>* writer) override;

  grpc::Status ListLetters(grpc::ServerContext* context, const v1::ListLettersRequest* request,
                           v1::ListLettersResponse* response) override;
  grpc::Status CloseLetter(grpc::ServerContext* context, const v1::CloseLetterRequest* request,
                           v1::CloseLetterResponse* response) override;

  grpc::Status IssueApiKey(grpc::ServerContext* context, const v1::IssueApiKeyRequest* request,
                           v1::IssueApiKeyResponse* response) override;
  grpc::Status ListApiKeys(grpc::ServerContext* context, const v1::ListApiKeysRequest* request,
                           v1::ListApiKeysResponse* response) override;
  grpc::Status RevokeApiKey(grpc::ServerContext* context, const v1::RevokeApiKeyRequest* request,
                            v1::RevokeApiKeyResponse* response) override;

 private:
  const DeskParts parts_;
};

}  // namespace oshirase::registry
