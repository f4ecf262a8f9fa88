#include "services/registry/rpc/import_reader.h"

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/convert.h"

namespace oshirase::registry {

absl::StatusOr<v1::ImportVenuesRequest::Head> ReadImportHead(ImportReader& reader) {
  v1::ImportVenuesRequest message;
  RequestCheck check;
  if (!reader.Read(&message) || !message.has_head()) {
    check.Add("head", "REQUIRED", "must be the first message");
  } else {
    check.Uuid("head.request_id", message.head().request_id());
  }
  RETURN_IF_ERROR(check.Finish());
  return message.head();
}

absl::StatusOr<ImportRequest> ReadImport(const v1::ImportVenuesRequest::Head& head,
                                         ImportReader& reader) {
  ImportRequest import{
      .request_id = head.request_id(), .check_only = head.check_only(), .rows = {}};
  RequestCheck check;
  v1::ImportVenuesRequest message;
  while (reader.Read(&message)) {
    if (import.rows.size() == VenueImport::kMaxRows) return TooManyRows();
    if (!message.has_row()) {
      check.Add("row", "REQUIRED", "must be in every message but the first");
      break;
    }
    import.rows.push_back(FromProto(message.row()));
  }
  if (import.rows.empty()) check.Add("rows", "REQUIRED", "at least one row is required");
  RETURN_IF_ERROR(check.Finish());
  return import;
}

}  // namespace oshirase::registry
