// The words of the mails: templates/<kind>.txt, whose first line is the subject, and
// templates/<kind>.html. Values are escaped in the HTML and stand as they are in the text; neither
// has a way to ask for anything else.
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "services/registry/domain/mail_texts.h"

namespace oshirase::registry {

// What every mail shows.
struct MailSite {
  std::string prefecture_name;
  std::string contact_phone;
  std::string enquiry_url;  // the page to write to us on
};

// Thread-safe.
class MustacheMailTexts final : public MailTexts {
 public:
  explicit MustacheMailTexts(MailSite site) : site_(std::move(site)) {}

  absl::StatusOr<Mail> Write(const Letter& letter) const override;

  // OK when every template compiled in is well formed and none of HTML asks for raw text; INTERNAL
  // with the first one that is not. To be called at start.
  static absl::Status CheckTemplates();

 private:
  const MailSite site_;
};

}  // namespace oshirase::registry
