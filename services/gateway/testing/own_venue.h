// A business that has registered a venue and is in its session.
#pragma once

#include <string>

#include "services/gateway/testing/site.h"

namespace oshirase::gateway {

struct OwnVenueFixture {
  OwnVenueFixture() {
    const std::string token = site.MailedLinkOf(GoodAnswers());
    const std::string location = Site::LocationOf(site.Post("/links", {{"token", token}}));
    path = location.substr(0, location.find('?'));
  }

  // Sends what `page` holds hidden, as its step `step`, and what was typed on it, to what is at
  // `below` the venue's page.
  HttpResponse Send(const std::string& below, const HttpResponse& page, const std::string& step,
                    const Fields& typed) {
    return SendTo(path + below, page, step, typed);
  }
  HttpResponse SendTo(const std::string& target, const HttpResponse& page, const std::string& step,
                      const Fields& typed) {
    Fields fields = {
        {"draft", HiddenField(page, "draft")}, {"csrf", HiddenField(page, "csrf")}, {"step", step}};
    if (!HiddenField(page, "opening").empty()) fields.emplace_back("opening", "yes");
    fields.insert(fields.end(), typed.begin(), typed.end());
    return site.Post(target, fields);
  }

  // The first venue as it now is.
  OwnVenue Venue() const { return site.business.venues().front(); }

  Site site;
  std::string path;  // Of the venue's page.
};

}  // namespace oshirase::gateway
