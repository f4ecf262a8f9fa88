#include "services/registry/mail/smtp_mailer.h"

#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/registry/domain/mail_errors.h"
#include "services/registry/mail/mime_header.h"
#include "services/registry/mail/mime_mail.h"
#include "services/registry/mail/smtp_conversation.h"

namespace oshirase::registry {
namespace {

// Longer than between two mails of a busy queue, shorter than servers wait for the next command.
constexpr long kKeepConnectionSeconds = 30;  // NOLINT(google-runtime-int): libcurl's type

int OnDebug(CURL* /*curl*/, curl_infotype type, char* data, size_t size, void* user) {
  auto* conversation = static_cast<SmtpConversation*>(user);
  if (conversation == nullptr) return 0;  // between two mails
  if (type == CURLINFO_HEADER_OUT) conversation->OnSent({data, size});
  if (type == CURLINFO_HEADER_IN) conversation->OnReceived({data, size});
  return 0;
}

// Called about once a second; anything but 0 ends the call.
int OnProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(user) ? 1 : 0;
}

std::string DomainOf(const std::string& address) { return address.substr(address.find('@') + 1); }

// The path is what libcurl says in EHLO.
std::string CurlUrl(const SmtpOptions& options) {
  return absl::StrCat(options.url, "/", DomainOf(options.from_address));
}

class AddressList {
 public:
  explicit AddressList(const std::string& address)
      : list_(curl_slist_append(nullptr, absl::StrCat("<", address, ">").c_str())) {}
  ~AddressList() { curl_slist_free_all(list_); }
  AddressList(const AddressList&) = delete;
  AddressList& operator=(const AddressList&) = delete;
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_;
};

}  // namespace

SmtpMailer::SmtpMailer(SmtpOptions options, Clock clock)
    : options_(std::move(options)), clock_(std::move(clock)), url_(CurlUrl(options_)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

SmtpMailer::~SmtpMailer() {
  {
    absl::MutexLock lock(&mu_);
    idle_.clear();
  }
  curl_global_cleanup();
}

absl::Status SmtpMailer::Send(const Mail& mail, const std::string& mail_id) {
  RETURN_IF_ERROR(CheckMail(mail));
  RETURN_IF_ERROR(ids::ParseUuid(mail_id).status());
  if (abandoned_) return MailServerUnreachable("the process is stopping");
  Handle handle = TakeHandle();
  if (handle == nullptr) return MailServerUnreachable("out of memory");
  auto status = Perform(handle.get(), mail, mail_id);
  // A connection on which something went wrong has gone with its transfer.
  GiveBack(std::move(handle));
  return status;
}

absl::Status SmtpMailer::Perform(CURL* curl, const Mail& mail, const std::string& mail_id) {
  const MimeMail mime(curl, mail,
                      {.from_address = options_.from_address,
                       .from_name = options_.from_name,
                       .message_id = absl::StrCat(mail_id, "@", DomainOf(options_.from_address)),
                       .date = clock_()});
  const AddressList recipients(QuotedAddress(mail.to));
  if (!mime.complete() || recipients.get() == nullptr)
    return MailServerUnreachable("out of memory");
  SmtpConversation conversation;
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, mime.headers());
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.body());
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &conversation);
  const CURLcode code = curl_easy_perform(curl);
  // What is kept open says good-bye later, when none of these is there any more.
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, nullptr);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, nullptr);
  return conversation.Verdict(code);
}

SmtpMailer::Handle SmtpMailer::TakeHandle() {
  {
    absl::MutexLock lock(&mu_);
    if (!idle_.empty()) {
      Handle handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  Handle handle(curl_easy_init());
  if (handle == nullptr) return handle;
  CURL* curl = handle.get();
  const std::string from = absl::StrCat("<", QuotedAddress(options_.from_address), ">");
  curl_easy_setopt(curl, CURLOPT_URL, url_.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_USE_SSL,
                   static_cast<long>(NeedsTls(options_) ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (!options_.username.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.username.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   absl::ToInt64Milliseconds(options_.connect_timeout));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, absl::ToInt64Milliseconds(options_.total_timeout));
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, kKeepConnectionSeconds);
  // Nothing is printed: OnDebug only learns how far the conversation has come.
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, OnDebug);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, OnProgress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &abandoned_);
  return handle;
}

void SmtpMailer::GiveBack(Handle handle) {
  absl::MutexLock lock(&mu_);
  idle_.push_back(std::move(handle));
}

}  // namespace oshirase::registry
