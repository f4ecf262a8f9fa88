#include "services/registry/domain/site_addresses.h"

#include "absl/strings/str_cat.h"
#include "common/ids/oa_message.h"

namespace oshirase::registry {

std::string SiteAddresses::CheckIn(const std::string& venue_code) const {
  return ids::OaMessageUrl(line_basic_id_, {venue_code});
}

std::string SiteAddresses::CodePage(const std::string& venue_code) const {
  return absl::StrCat(public_url_, "/c/", venue_code);
}

std::string SiteAddresses::CertificatePage(const std::string& number) const {
  return absl::StrCat(public_url_, "/certificates/", number);
}

std::string SiteAddresses::LinkPage(const std::string& token) const {
  return absl::StrCat(public_url_, "/links/", token);
}

std::string SiteAddresses::VenuePage(const std::string& venue_id) const {
  return absl::StrCat(public_url_, "/upkeep/venues/", venue_id);
}

std::string SiteAddresses::UpkeepPage() const { return public_url_ + "/upkeep"; }

std::string SiteAddresses::UpkeepLinkPage() const { return public_url_ + "/upkeep/link"; }

std::string SiteAddresses::EnquiryPage() const { return public_url_ + "/enquiry"; }

}  // namespace oshirase::registry
