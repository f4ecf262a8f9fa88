// Mailer over libcurl: SMTP with TLS and verified certificates, MIME by libcurl.
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/time/clock.h"
#include "services/registry/domain/mailer.h"
#include "services/registry/mail/smtp_options.h"

namespace oshirase::registry {

// Thread-safe. Connections are kept for the next mail, one per mail on its way.
class SmtpMailer final : public Mailer {
 public:
  // `options` must have no problems (ProblemsOf). `clock` dates the mails.
  SmtpMailer(SmtpOptions options, Clock clock);
  ~SmtpMailer() override;

  absl::Status Send(const Mail& mail, const std::string& mail_id) override;
  void Abandon() override { abandoned_ = true; }

 private:
  struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  using Handle = std::unique_ptr<CURL, CloseHandle>;

  absl::Status Perform(CURL* curl, const Mail& mail, const std::string& mail_id);
  Handle TakeHandle();
  void GiveBack(Handle handle);

  const SmtpOptions options_;
  const Clock clock_;
  const std::string url_;
  std::atomic<bool> abandoned_ = false;
  absl::Mutex mu_;
  std::vector<Handle> idle_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry
