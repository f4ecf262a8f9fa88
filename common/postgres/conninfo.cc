#include "common/postgres/conninfo.h"

#include <libpq-fe.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/postgres/pool.h"

namespace oshirase::postgres {
namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> ConnectionParameters(
    const std::string& url, absl::Duration statement_timeout) {
  char* problem = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> parsed(
      PQconninfoParse(url.c_str(), &problem));
  PQfreemem(problem);  // quotes the string, and so perhaps a password: not for reading
  if (parsed == nullptr || url.empty()) {
    return absl::InvalidArgumentError("not a Postgres connection string");
  }
  std::map<std::string, std::string> parameters = {
      {"connect_timeout", "2"},    {"tcp_user_timeout", "5000"}, {"keepalives", "1"},
      {"keepalives_idle", "10"},   {"keepalives_interval", "2"}, {"keepalives_count", "3"},
      {"client_encoding", "UTF8"},
  };
  for (const auto* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) parameters[option->keyword] = option->val;
  }
  // In the start packet, and so without a round trip of their own. The last setting wins.
  absl::StrAppend(&parameters["options"],
                  " -c statement_timeout=", absl::ToInt64Milliseconds(statement_timeout),
                  " -c synchronous_commit=on -c TimeZone=UTC -c DateStyle=ISO"
                  " -c bytea_output=hex");
  return parameters;
}

absl::Status CheckUrl(const std::string& url) {
  return ConnectionParameters(url, absl::Seconds(1)).status();
}

}  // namespace oshirase::postgres
