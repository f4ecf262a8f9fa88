#include <catch2/catch.hpp>

#include "absl/time/clock.h"
#include "common/status/errors.h"
#include "services/registry/testing/business_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

struct Documents {
  std::string Render(v1::Document document) {
    v1::RenderDocumentRequest request;
    request.mutable_credential()->set_session_token(opened.session_token());
    request.set_venue_id(opened.venue_id());
    request.set_document(document);
    grpc::ClientContext context;
    const auto reader = stub->RenderDocument(&context, request);
    return ReadAll<v1::RenderDocumentResponse>(*reader);
  }

  std::string Download(const std::string& bundle_id) {
    v1::DownloadBundleRequest request;
    request.mutable_credential()->set_session_token(opened.session_token());
    request.set_bundle_id(bundle_id);
    grpc::ClientContext context;
    const auto reader = stub->DownloadBundle(&context, request);
    return ReadAll<v1::DownloadBundleResponse>(*reader);
  }

  template <typename Response>
  std::string ReadAll(grpc::ClientReader<Response>& reader) {
    std::string bytes;
    for (Response message; reader.Read(&message);) {
      CHECK(message.chunk().size() <= size_t{32} * 1024);
      bytes += message.chunk();
    }
    status = FromGrpcStatus(reader.Finish());
    return bytes;
  }

  absl::Status Start(v1::Document document, v1::BundleFormat format) {
    v1::StartBundleRequest request;
    request.mutable_credential()->set_session_token(opened.session_token());
    request.set_document(document);
    request.set_format(format);
    return Call(*stub, &BusinessStub::StartBundle, request, &started);
  }

  v1::GetBundleResponse Progress() {
    v1::GetBundleRequest request;
    request.mutable_credential()->set_session_token(opened.session_token());
    request.set_bundle_id(started.bundle_id());
    v1::GetBundleResponse response;
    REQUIRE(Call(*stub, &BusinessStub::GetBundle, request, &response).ok());
    return response;
  }

  BusinessOverWire wire;
  std::unique_ptr<BusinessStub> stub = wire.As("gateway");
  v1::OpenSessionResponse opened = wire.Register();
  v1::StartBundleResponse started;
  absl::Status status;
};

TEST_CASE("each document of a venue is drawn") {
  Documents documents;
  CHECK(documents.Render(v1::DOCUMENT_CERTIFICATE) == "certificate of 喫茶ポエム\n");
  CHECK(documents.Render(v1::DOCUMENT_POSTER) == "poster of 喫茶ポエム\n");
  CHECK(documents.Render(v1::DOCUMENT_TABLE_TENT) == "table-tent of 喫茶ポエム\n");
  CHECK(documents.Render(v1::DOCUMENT_STICKERS) == "stickers of 喫茶ポエム\n");
  CHECK(documents.status.ok());
}

TEST_CASE("no document is drawn for whom it does not belong to, nor one that is none") {
  Documents documents;
  CHECK(documents.Render(v1::DOCUMENT_UNSPECIFIED).empty());
  CHECK(ViolationsOf(documents.status) == std::vector<std::string>{"document REQUIRED"});
  documents.opened.set_venue_id(ids::NewUuid());
  CHECK(documents.Render(v1::DOCUMENT_POSTER).empty());
  CHECK(ReasonOf(documents.status) == "VENUE_NOT_FOUND");
}

TEST_CASE("a printer that fails is the caller's failure") {
  Documents documents;
  documents.wire.printer.FailNext(absl::InternalError("no fonts"));
  CHECK(documents.Render(v1::DOCUMENT_POSTER).empty());
  CHECK(absl::IsInternal(documents.status));
}

TEST_CASE("a bundle is started, watched and read in pieces") {
  Documents documents;
  documents.wire.printer.Hold();
  REQUIRE(documents.Start(v1::DOCUMENT_POSTER, v1::BUNDLE_FORMAT_PDF).ok());
  CHECK(documents.started.total() == 1);
  CHECK_FALSE(documents.Progress().finished());
  CHECK(documents.Download(documents.started.bundle_id()).empty());
  CHECK(ReasonOf(documents.status) == "BUNDLE_NOT_DONE");
  documents.wire.printer.LetGo();
  while (!documents.Progress().finished()) absl::SleepFor(absl::Milliseconds(5));

  CHECK(documents.Progress().done() == 1);
  CHECK(documents.Progress().format() == v1::BUNDLE_FORMAT_PDF);
  CHECK(documents.Download(documents.started.bundle_id()) == "poster of 喫茶ポエム\n");
  CHECK(documents.status.ok());
  CHECK(documents.Download("x").empty());
  CHECK(ReasonOf(documents.status) == "BUNDLE_NOT_FOUND");
}

TEST_CASE("a bundle of nothing in particular is refused") {
  Documents documents;
  CHECK(ViolationsOf(documents.Start(v1::DOCUMENT_UNSPECIFIED, v1::BUNDLE_FORMAT_UNSPECIFIED)) ==
        std::vector<std::string>{"document REQUIRED", "format REQUIRED"});
}

}  // namespace
}  // namespace oshirase::registry
