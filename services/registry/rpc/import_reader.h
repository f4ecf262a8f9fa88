// Reads the stream of an import: first who imports, then the rows.
#pragma once

#include "absl/status/statusor.h"
#include "grpcpp/support/sync_stream.h"
#include "oshirase/registry/v1/business_service.grpc.pb.h"
#include "services/registry/domain/venue_import.h"

namespace oshirase::registry {

using ImportReader = grpc::ServerReader<v1::ImportVenuesRequest>;

// The first message. Returns REQUEST_INVALID when it is no head or names no request.
absl::StatusOr<v1::ImportVenuesRequest::Head> ReadImportHead(ImportReader& reader);

// The rows after it. Returns TOO_MANY_ROWS, and REQUEST_INVALID for none or another head.
absl::StatusOr<ImportRequest> ReadImport(const v1::ImportVenuesRequest::Head& head,
                                         ImportReader& reader);

}  // namespace oshirase::registry
