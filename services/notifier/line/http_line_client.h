// LineClient over libcurl: HTTPS with verified certificates, no redirects, no proxy from the
// environment, and an end to every call. A token that LINE refuses is looked up again, so that one
// can be replaced while the process runs.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/notifier/domain/line_client.h"

namespace oshirase::notifier {

struct HttpLineOptions {
  std::string api_base;      // "https://api.line.me", without a trailing slash
  std::string access_token;  // of the channel; never logged
  // Reads the token again where it came from. Must be thread-safe.
  std::function<absl::StatusOr<std::string>()> read_access_token;
  absl::Duration connect_timeout = absl::Seconds(2);
  // Shorter than a batch's lease, so that a batch is never in two hands.
  absl::Duration total_timeout = absl::Seconds(10);
};

// Thread-safe. Connections are kept open, one per call in flight.
class HttpLineClient final : public LineClient {
 public:
  explicit HttpLineClient(HttpLineOptions options);
  ~HttpLineClient() override;

  LineAnswer Multicast(const std::string& retry_key, const std::string& body) override;
  LineAnswer ValidateMulticast(const std::string& body) override;

 private:
  struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  using Handle = std::unique_ptr<CURL, CloseHandle>;

  // `retry_key` "" sends none: LINE refuses the header anywhere but where it belongs.
  LineAnswer Post(const std::string& path, const std::string& retry_key, const std::string& body);
  std::string AccessToken();
  // Whether calls carry another token from now on than `refused`, which LINE answered with 401.
  bool ReplaceToken(const std::string& refused);
  Handle TakeHandle();
  void GiveBack(Handle handle);

  const HttpLineOptions options_;
  // Held while the token is read again: of many calls that were refused at once one looks.
  absl::Mutex token_mu_;
  std::string access_token_ ABSL_GUARDED_BY(token_mu_);
  absl::Mutex mu_;
  std::vector<Handle> idle_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::notifier
