// Follows one mail's conversation with the server, to know whose fault a refusal is: libcurl tells
// that something was refused, not what.
#pragma once

#include <curl/curl.h>

#include <string_view>

#include "absl/status/status.h"

namespace oshirase::registry {

// Not thread-safe. Keeps no text: commands and answers hold addresses.
class SmtpConversation {
 public:
  // A line we sent (a command, never the mail itself), and a line of the server's answer.
  void OnSent(std::string_view line);
  void OnReceived(std::string_view line);

  // What became of the mail, from what was heard and how the call ended; see Mailer::Send.
  absl::Status Verdict(CURLcode code) const;

 private:
  enum class Phase {
    kSession,    // greeting, EHLO, STARTTLS, AUTH, MAIL: about us
    kRecipient,  // RCPT
    kContent,    // DATA and after
    kOver,       // QUIT
  };

  Phase phase_ = Phase::kSession;
  Phase refused_in_ = Phase::kOver;
  int refusal_ = 0;      // the server's code, of 400 and above; 0 for none
  bool policy_ = false;  // by X.7.X of RFC 3463: not allowed, rather than not possible
};

}  // namespace oshirase::registry
