#include "services/registry/mail/mime_mail.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/registry/mail/mime_header.h"

namespace oshirase::registry {
namespace {

// RFC 2046, 4.1.1: text in a mail has lines that end in CRLF, in base64 too.
std::string WithMailLines(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\n", "\r\n"}});
}

}  // namespace

MimeMail::MimeMail(CURL* curl, const Mail& mail, const MailHeaders& headers)
    : body_(curl_mime_init(curl)) {
  AddHeader("Date", MailDate(headers.date));
  AddHeader("From", absl::StrCat(EncodedWords(headers.from_name), "\r\n <",
                                 QuotedAddress(headers.from_address), ">"));
  AddHeader("To", absl::StrCat("<", QuotedAddress(mail.to), ">"));
  AddHeader("Subject", EncodedWords(mail.subject));
  AddHeader("Message-ID", absl::StrCat("<", headers.message_id, ">"));
  // RFC 3834: nobody's holiday notice has to answer.
  AddHeader("Auto-Submitted", "auto-generated");
  AddHeader("Content-Language", "ja");
  AddTexts(curl, mail);
  for (const Attachment& attachment : mail.attachments) AddAttachment(attachment);
}

MimeMail::~MimeMail() {
  curl_slist_free_all(headers_);
  curl_mime_free(body_);
}

void MimeMail::AddHeader(const std::string& name, const std::string& value) {
  curl_slist* longer = curl_slist_append(headers_, absl::StrCat(name, ": ", value).c_str());
  if (longer == nullptr)
    complete_ = false;
  else
    headers_ = longer;
}

void MimeMail::AddTexts(CURL* curl, const Mail& mail) {
  curl_mime* texts = curl_mime_init(curl);
  AddPart(texts, "text/plain; charset=utf-8", WithMailLines(mail.text));
  AddPart(texts, "text/html; charset=utf-8", WithMailLines(mail.html));
  curl_mimepart* part = curl_mime_addpart(body_);
  Check(curl_mime_type(part, "multipart/alternative"));
  const CURLcode given = curl_mime_subparts(part, texts);
  if (given != CURLE_OK) curl_mime_free(texts);  // else it belongs to the part
  Check(given);
}

void MimeMail::AddPart(curl_mime* to, const std::string& media_type, const std::string& content) {
  curl_mimepart* part = curl_mime_addpart(to);
  Check(curl_mime_type(part, media_type.c_str()));
  Check(curl_mime_data(part, content.data(), content.size()));
  Check(curl_mime_encoder(part, "base64"));
}

void MimeMail::AddAttachment(const Attachment& attachment) {
  curl_mimepart* part = curl_mime_addpart(body_);
  Check(curl_mime_type(part, attachment.media_type.c_str()));
  Check(curl_mime_data(part, attachment.bytes.data(), attachment.bytes.size()));
  Check(curl_mime_filename(part, attachment.file_name.c_str()));
  Check(curl_mime_encoder(part, "base64"));
}

}  // namespace oshirase::registry
