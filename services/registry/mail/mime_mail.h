// A mail in the form libcurl sends: its header lines and its parts.
#pragma once

#include <curl/curl.h>

#include <string>

#include "absl/time/time.h"
#include "services/registry/domain/mail.h"

namespace oshirase::registry {

struct MailHeaders {
  std::string from_address;
  std::string from_name;
  std::string message_id;  // without the angle brackets
  absl::Time date;
};

// Built for one call, which it must outlive. multipart/mixed of multipart/alternative (text, then
// HTML, which readers prefer by being last) and the attachments, all in base64.
class MimeMail {
 public:
  // `mail` must have passed CheckMail.
  MimeMail(CURL* curl, const Mail& mail, const MailHeaders& headers);
  ~MimeMail();
  MimeMail(const MimeMail&) = delete;
  MimeMail& operator=(const MimeMail&) = delete;

  // False when there was no memory for it; it must not be sent then.
  bool complete() const { return complete_; }
  curl_slist* headers() const { return headers_; }
  curl_mime* body() const { return body_; }

 private:
  void AddHeader(const std::string& name, const std::string& value);
  void AddTexts(CURL* curl, const Mail& mail);
  void AddPart(curl_mime* to, const std::string& media_type, const std::string& content);
  void AddAttachment(const Attachment& attachment);
  void Check(CURLcode code) { complete_ = complete_ && code == CURLE_OK; }

  bool complete_ = true;
  curl_slist* headers_ = nullptr;
  curl_mime* body_ = nullptr;
};

}  // namespace oshirase::registry
