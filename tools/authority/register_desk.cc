#include "tools/authority/register_desk.h"

#include <algorithm>
#include <utility>

#include "common/ids/uuid.h"
#include "common/status/macros.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;
using Stub = rv1::DeskService::Stub;

constexpr int kSearchPage = 50;
constexpr int kLetterPage = 10;
constexpr int kApiKeyPage = 100;
constexpr absl::Duration kDrawing = absl::Minutes(1);
constexpr absl::Duration kExport = absl::Hours(1);

// The documents of one venue are far smaller.
constexpr size_t kMaxDocumentBytes = 32 * 1024 * 1024;

// Reads a stream to its end; `take` may end it early with an error.
template <typename Response, typename Reader, typename Take>
absl::Status ReadStream(grpc::ClientContext& context, Reader& reader, const Take& take) {
  Response response;
  absl::Status taken;
  while (taken.ok() && reader.Read(&response)) taken = take(response);
  if (!taken.ok()) context.TryCancel();
  const auto status = FromGrpcStatus(reader.Finish());
  return taken.ok() ? status : taken;
}

}  // namespace

absl::StatusOr<FoundEntries> FindEntries(Session& session, const rv1::RegisterFilter& filter,
                                         std::optional<size_t> limit) {
  rv1::SearchRegisterRequest request;
  *request.mutable_filter() = filter;
  FoundEntries found;
  do {
    const auto wanted = limit.has_value() ? *limit - found.entries.size() : size_t{kSearchPage};
    request.set_page_size(static_cast<int>(std::min(wanted, size_t{kSearchPage})));
    ASSIGN_OR_RETURN(const auto page, session.Call(session.desk(), &Stub::SearchRegister, request));
    found.entries.insert(found.entries.end(), page.entries().begin(), page.entries().end());
    request.set_page_token(page.next_page_token());
    found.more = !page.next_page_token().empty();
  } while (found.more && (!limit.has_value() || found.entries.size() < *limit));
  return found;
}

absl::StatusOr<rv1::SearchRegisterResponse> ReadRegisterPage(Session& session,
                                                             const rv1::RegisterFilter& filter,
                                                             const std::string& page_token) {
  rv1::SearchRegisterRequest request;
  *request.mutable_filter() = filter;
  request.set_page_size(kSearchPage);
  request.set_page_token(page_token);
  return session.Call(session.desk(), &Stub::SearchRegister, request);
}

absl::StatusOr<rv1::GetEntryResponse> ReadEntry(Session& session, const std::string& key) {
  rv1::GetEntryRequest request;
  request.set_key(key);
  return session.Call(session.desk(), &Stub::GetEntry, request);
}

absl::StatusOr<std::string> VenueIdOf(Session& session, const std::string& key) {
  if (ids::ParseUuid(key).ok()) return key;
  ASSIGN_OR_RETURN(const auto read, ReadEntry(session, key));
  return read.entry().venue().venue_id();
}

absl::StatusOr<rv1::RegisterEntry> CorrectEntry(Session& session, const Correction& correction) {
  rv1::CorrectEntryRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_venue_id(correction.venue_id);
  request.set_revision(correction.revision);
  *request.mutable_details() = correction.details;
  request.set_reason(correction.reason);
  ASSIGN_OR_RETURN(auto response, session.Call(session.desk(), &Stub::CorrectEntry, request));
  return std::move(*response.mutable_entry());
}

absl::StatusOr<rv1::RegisterEntry> RegisterOnBehalf(Session& session,
                                                    const rv1::VenueDetails& details,
                                                    const std::string& reason) {
  rv1::RegisterOnBehalfRequest request;
  request.set_request_id(ids::NewUuid());
  *request.mutable_details() = details;
  request.set_reason(reason);
  ASSIGN_OR_RETURN(auto response, session.Call(session.desk(), &Stub::RegisterOnBehalf, request));
  return std::move(*response.mutable_entry());
}

absl::StatusOr<rv1::RegisterEntry> RecordInspection(Session& session,
                                                    const Inspection& inspection) {
  rv1::RecordInspectionRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_venue_id(inspection.venue_id);
  request.set_confirmed(inspection.confirmed);
  request.set_note(inspection.note);
  ASSIGN_OR_RETURN(auto response, session.Call(session.desk(), &Stub::RecordInspection, request));
  return std::move(*response.mutable_entry());
}

absl::StatusOr<rv1::Venue> SetVenueState(Session& session, const std::string& venue_id,
                                         rv1::VenueState state, const std::string& reason) {
  rv1::SetVenueStateRequest request;
  request.set_venue_id(venue_id);
  request.set_state(state);
  request.set_reason(reason);
  ASSIGN_OR_RETURN(
      auto response,
      session.Call(session.registry(), &rv1::RegistryService::Stub::SetVenueState, request));
  return std::move(*response.mutable_venue());
}

absl::Status MailBusiness(Session& session, const std::string& venue_id) {
  rv1::MailBusinessRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_venue_id(venue_id);
  return session.Call(session.desk(), &Stub::MailBusiness, request).status();
}

absl::StatusOr<std::string> DrawDocument(Session& session, const std::string& venue_id,
                                         rv1::Document document) {
  rv1::DrawDocumentRequest request;
  request.set_venue_id(venue_id);
  request.set_document(document);
  grpc::ClientContext context;
  PrepareContext(context, {.request_id = session.request_id()}, kDrawing);
  const auto reader = session.desk().DrawDocument(&context, request);
  std::string bytes;
  RETURN_IF_ERROR(ReadStream<rv1::DrawDocumentResponse>(
      context, *reader, [&bytes](const rv1::DrawDocumentResponse& piece) -> absl::Status {
        if (bytes.size() + piece.chunk().size() > kMaxDocumentBytes) {
          return absl::OutOfRangeError("the document is too large");
        }
        bytes += piece.chunk();
        return absl::OkStatus();
      }));
  return bytes;
}

absl::StatusOr<rv1::Certificate> WithdrawCertificate(Session& session, const std::string& number,
                                                     const std::string& reason) {
  rv1::WithdrawCertificateRequest request;
  request.set_certificate_number(number);
  request.set_reason(reason);
  ASSIGN_OR_RETURN(auto response,
                   session.Call(session.desk(), &Stub::WithdrawCertificate, request));
  return std::move(*response.mutable_certificate());
}

absl::StatusOr<rv1::CountRegisterResponse> CountRegister(Session& session) {
  return session.Call(session.desk(), &Stub::CountRegister, rv1::CountRegisterRequest());
}

absl::Status ExportRegister(Session& session, const rv1::RegisterFilter& filter,
                            const TakeEntry& take) {
  rv1::ExportRegisterRequest request;
  *request.mutable_filter() = filter;
  grpc::ClientContext context;
  PrepareContext(context, {.request_id = session.request_id()}, kExport);
  const auto reader = session.desk().ExportRegister(&context, request);
  return ReadStream<rv1::ExportRegisterResponse>(
      context, *reader, [&take](const rv1::ExportRegisterResponse& batch) -> absl::Status {
        for (const auto& entry : batch.entries()) RETURN_IF_ERROR(take(entry));
        return absl::OkStatus();
      });
}

absl::StatusOr<rv1::ListLettersResponse> ReadLetterPage(Session& session, rv1::LetterKind kind,
                                                        bool include_closed,
                                                        const std::string& page_token) {
  rv1::ListLettersRequest request;
  request.set_kind(kind);
  request.set_include_closed(include_closed);
  request.set_page_size(kLetterPage);
  request.set_page_token(page_token);
  return session.Call(session.desk(), &Stub::ListLetters, request);
}

absl::StatusOr<std::vector<rv1::Letter>> ListLetters(Session& session, rv1::LetterKind kind,
                                                     bool include_closed) {
  std::vector<rv1::Letter> letters;
  std::string next;
  do {
    ASSIGN_OR_RETURN(const auto page, ReadLetterPage(session, kind, include_closed, next));
    letters.insert(letters.end(), page.letters().begin(), page.letters().end());
    next = page.next_page_token();
  } while (!next.empty());
  return letters;
}

absl::StatusOr<rv1::Letter> CloseLetter(Session& session, const std::string& number,
                                        const std::string& answer) {
  rv1::CloseLetterRequest request;
  request.set_letter_number(number);
  request.set_answer(answer);
  ASSIGN_OR_RETURN(auto response, session.Call(session.desk(), &Stub::CloseLetter, request));
  return std::move(*response.mutable_letter());
}

absl::StatusOr<rv1::IssueApiKeyResponse> IssueApiKey(Session& session, const std::string& email,
                                                     const std::string& label) {
  rv1::IssueApiKeyRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_email(email);
  request.set_label(label);
  return session.Call(session.desk(), &Stub::IssueApiKey, request);
}

absl::StatusOr<std::vector<rv1::ApiKey>> ListApiKeys(Session& session) {
  rv1::ListApiKeysRequest request;
  request.set_page_size(kApiKeyPage);
  std::vector<rv1::ApiKey> keys;
  do {
    ASSIGN_OR_RETURN(const auto page, session.Call(session.desk(), &Stub::ListApiKeys, request));
    keys.insert(keys.end(), page.api_keys().begin(), page.api_keys().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return keys;
}

absl::StatusOr<rv1::ApiKey> RevokeApiKey(Session& session, const std::string& api_key_id) {
  rv1::RevokeApiKeyRequest request;
  request.set_api_key_id(api_key_id);
  ASSIGN_OR_RETURN(auto response, session.Call(session.desk(), &Stub::RevokeApiKey, request));
  return std::move(*response.mutable_api_key());
}

}  // namespace oshirase::authority
