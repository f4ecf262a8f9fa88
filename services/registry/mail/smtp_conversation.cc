// RFC 5321, 4.2.1: 4xx is passing, 5xx is for good. Whether "for good" is true of this mail or of
// us depends on what was answered.
#include "services/registry/mail/smtp_conversation.h"

#include "absl/strings/ascii.h"
#include "services/registry/domain/mail_errors.h"

namespace oshirase::registry {
namespace {

constexpr int kClosing = 421;
constexpr int kTooLarge = 552;
constexpr size_t kCodeDigits = 3;

// "550 5.7.1 text": the code, or 0.
int CodeOf(std::string_view line) {
  if (line.size() < kCodeDigits) return 0;
  int code = 0;
  for (const char c : line.substr(0, kCodeDigits)) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return 0;
    code = code * 10 + (c - '0');
  }
  return code;
}

}  // namespace

void SmtpConversation::OnSent(std::string_view line) {
  // With the blank: a line of base64 that answers AUTH cannot look like this.
  if (line.starts_with("MAIL FROM:"))
    phase_ = Phase::kSession;
  else if (line.starts_with("RCPT TO:"))
    phase_ = Phase::kRecipient;
  else if (line.starts_with("DATA\r\n") && phase_ == Phase::kRecipient)
    phase_ = Phase::kContent;
  else if (line.starts_with("QUIT\r\n"))
    phase_ = Phase::kOver;
}

void SmtpConversation::OnReceived(std::string_view line) {
  const int code = CodeOf(line);
  if (code < 400 || refusal_ != 0 || phase_ == Phase::kOver) return;
  refusal_ = code;
  refused_in_ = phase_;
  const std::string_view enhanced = line.substr(kCodeDigits);
  policy_ = enhanced.starts_with(" 5.7.") || enhanced.starts_with("-5.7.");
}

absl::Status SmtpConversation::Verdict(CURLcode code) const {
  if (code == CURLE_OK) return absl::OkStatus();
  if (refusal_ == 0) return MailServerUnreachable(curl_easy_strerror(code));
  if (refusal_ == kTooLarge) return MailRefused(refusal_);
  if (refusal_ == kClosing || refused_in_ == Phase::kSession) return MailServerRefusesUs(refusal_);
  // "Relay access denied" is a mistake in the set-up, and mails must outlive it.
  const bool set_up = policy_ && refused_in_ == Phase::kRecipient;
  return refusal_ < 500 || set_up ? MailDeferred(refusal_) : MailRefused(refusal_);
}

}  // namespace oshirase::registry
