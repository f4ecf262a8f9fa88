#include "services/gateway/backends/grpc_bulk_client.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/gateway/backends/business_convert.h"
#include "services/gateway/backends/field_problems.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;

constexpr absl::Duration kTimeout = absl::Seconds(5);
// Thousands of rows in one transaction.
constexpr absl::Duration kImportTimeout = absl::Seconds(20);
// A large file over a slow line.
constexpr absl::Duration kReadTimeout = absl::Minutes(30);

// Of "rows[7].name": 7.
size_t RowOf(const std::string& path) {
  const size_t open = path.find('[');
  size_t row = 0;
  if (open == std::string::npos) return 0;
  const std::string digits = path.substr(open + 1, path.find(']', open) - open - 1);
  return absl::SimpleAtoi(digits, &row) ? row : 0;
}

// One download: the call lasts as long as somebody reads.
struct Download {
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<v1::DownloadBundleResponse>> reader;
  bool over = false;

  ~Download() {
    if (reader == nullptr || over) return;
    context.TryCancel();
    static_cast<void>(reader->Finish());
  }

  absl::StatusOr<std::string> Next() {
    if (over) return std::string();
    v1::DownloadBundleResponse part;
    while (reader->Read(&part)) {
      if (!part.chunk().empty()) return std::move(*part.mutable_chunk());
    }
    over = true;
    RETURN_IF_ERROR(FromGrpcStatus(reader->Finish()));
    return std::string();
  }
};

}  // namespace

GrpcBulkClient::GrpcBulkClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::BusinessService::NewStub(channel)) {}

absl::StatusOr<ImportResult> GrpcBulkClient::ImportVenues(const Credential& credential,
                                                          const VenueImport& import,
                                                          const CallContext& call) {
  grpc::ClientContext context;
  PrepareContext(context, call, kImportTimeout);
  v1::ImportVenuesResponse response;
  const auto writer = stub_->ImportVenues(&context, &response);
  v1::ImportVenuesRequest part;
  v1::ImportVenuesRequest::Head* head = part.mutable_head();
  *head->mutable_credential() = ToProto(credential);
  head->set_request_id(import.request_id);
  head->set_check_only(import.check_only);
  // A write fails when the registry has answered already; Finish() tells how.
  bool open = writer->Write(part);
  for (const VenueDetails& row : import.rows) {
    if (!open) break;
    *part.mutable_row() = ToProto(row);
    open = writer->Write(part);
  }
  if (open) writer->WritesDone();
  RETURN_IF_ERROR(FromGrpcStatus(writer->Finish()));
  ImportResult result = {.venue_count = response.venue_count()};
  for (const v1::ImportProblem& problem : response.problems()) {
    result.problems.push_back(
        {RowOf(problem.field()), FieldNameOf(problem.field()), problem.reason(), problem.field()});
  }
  return result;
}

absl::StatusOr<std::string> GrpcBulkClient::StartBundle(const Credential& credential,
                                                        Document document, BundleFormat format,
                                                        const CallContext& call) {
  v1::StartBundleRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_document(ToProto(document));
  request.set_format(format == BundleFormat::kZip ? v1::BUNDLE_FORMAT_ZIP : v1::BUNDLE_FORMAT_PDF);
  grpc::ClientContext context;
  PrepareContext(context, call, kTimeout);
  v1::StartBundleResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->StartBundle(&context, request, &response)));
  return response.bundle_id();
}

absl::StatusOr<Bundle> GrpcBulkClient::GetBundle(const Credential& credential,
                                                 const std::string& bundle_id,
                                                 const CallContext& call) {
  v1::GetBundleRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_bundle_id(bundle_id);
  grpc::ClientContext context;
  PrepareContext(context, call, kTimeout);
  v1::GetBundleResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->GetBundle(&context, request, &response)));
  return Bundle{.done = response.done(),
                .total = response.total(),
                .finished = response.finished(),
                .failed = response.failed(),
                .format = response.format() == v1::BUNDLE_FORMAT_ZIP ? BundleFormat::kZip
                                                                     : BundleFormat::kPdf};
}

absl::StatusOr<PieceReader> GrpcBulkClient::ReadBundle(const Credential& credential,
                                                       const std::string& bundle_id,
                                                       const CallContext& call) {
  v1::DownloadBundleRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_bundle_id(bundle_id);
  const auto download = std::make_shared<Download>();
  PrepareContext(download->context, call, kReadTimeout);
  download->reader = stub_->DownloadBundle(&download->context, request);
  // The first piece is fetched here, so that a refusal can still become a page.
  ASSIGN_OR_RETURN(std::string first, download->Next());
  return [download, first = std::move(first)]() mutable -> absl::StatusOr<std::string> {
    if (!first.empty()) return std::exchange(first, "");
    return download->Next();
  };
}

}  // namespace oshirase::gateway
