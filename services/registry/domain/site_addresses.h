// Where things stand on the public site: what documents and mails point to. It must be kept in sync
// with the gateway's routes.
#pragma once

#include <string>

namespace oshirase::registry {

// Immutable, so thread-safe.
class SiteAddresses {
 public:
  // `public_url` without a slash at its end; `line_basic_id` begins with "@".
  SiteAddresses(std::string public_url, std::string line_basic_id)
      : public_url_(std::move(public_url)), line_basic_id_(std::move(line_basic_id)) {}

  // What a venue's QR says: opens LINE with the code typed in.
  std::string CheckIn(const std::string& venue_code) const;
  // The page of a code, for those who cannot scan.
  std::string CodePage(const std::string& venue_code) const;
  // Where anybody checks a certificate.
  std::string CertificatePage(const std::string& number) const;
  // What a mailed link leads to.
  std::string LinkPage(const std::string& token) const;
  // Everything a business can do with a venue, and with all.
  std::string VenuePage(const std::string& venue_id) const;
  std::string UpkeepPage() const;
  // Where a link for upkeep is asked for.
  std::string UpkeepLinkPage() const;
  std::string EnquiryPage() const;

 private:
  const std::string public_url_;
  const std::string line_basic_id_;
};

}  // namespace oshirase::registry
