#include "tools/authority/console/problem.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_split.h"
#include "common/status/errors.h"
#include "tools/authority/reasons.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;

int HttpStatusOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return 422;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
      return 503;
    default:
      return 500;
  }
}

Reply ToReply(int status, json problem) {
  problem["status"] = status;
  Reply reply{.status = status, .content_type = "application/problem+json; charset=utf-8"};
  reply.body = problem.dump(-1, ' ', false, json::error_handler_t::replace);
  return reply;
}

// The last part of a request's path: "name" for "details.name", "measure_ids" for
// "details.measure_ids[1]".
std::string LastName(const std::string& path) {
  const auto dot = path.rfind('.');
  const auto name = dot == std::string::npos ? path : path.substr(dot + 1);
  return name.substr(0, name.find('['));
}

}  // namespace

Reply ProblemReply(const absl::Status& status) {
  const auto reason = ReasonOf(status);
  json errors = json::array();
  if (reason == "WRONG_USE") {
    for (const auto& line : absl::StrSplit(std::string(status.message()), '\n')) {
      errors.push_back({{"field", ""}, {"detail", std::string(line)}});
    }
  }
  for (const auto& violation : FieldViolationsOf(status)) {
    errors.push_back({{"field", LastName(violation.field)}, {"detail", ViolationText(violation)}});
  }
  return ToReply(HttpStatusOf(status),
                 {{"title", SentenceFor(status)}, {"reason", reason}, {"errors", errors}});
}

Reply ProblemReply(const Refusal& refusal) {
  return ToReply(
      refusal.status,
      {{"title", refusal.sentence}, {"reason", refusal.reason}, {"errors", json::array()}});
}

}  // namespace oshirase::authority::console
