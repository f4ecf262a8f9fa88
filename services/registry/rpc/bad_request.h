// Requests of the wrong shape: all wrong fields together, as google.rpc.BadRequest.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "google/protobuf/duration.pb.h"
#include "services/registry/domain/field_violation.h"

namespace oshirase::registry {

// `status` with the violations attached.
absl::Status WithViolations(absl::Status status, const FieldViolations& violations);

// Collects what is wrong with a request. Not thread-safe.
class RequestCheck {
 public:
  void Add(const std::string& field, const std::string& reason, const std::string& description);
  void Add(const FieldViolations& violations);

  // A UUID: 36 lower-case characters.
  void Uuid(const std::string& field, const std::string& value);

  // A number within `min` and `max`, both included.
  void Range(const std::string& field, int64_t value, int64_t min, int64_t max);

  // How long an old venue code goes on working: whole seconds up to Registrar::kMaxGrace.
  void Grace(const std::string& field, const google::protobuf::Duration& grace);

  // The size of a page: `value` when it is 1 to 100, `default_size` when it is 0.
  int PageSize(int32_t value, int default_size);

  // OK, or INVALID_ARGUMENT REQUEST_INVALID with every violation.
  absl::Status Finish() const;

 private:
  FieldViolations violations_;
};

}  // namespace oshirase::registry
