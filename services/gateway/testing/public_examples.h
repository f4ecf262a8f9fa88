// Certificates, listed venues and venue codes in every state, for tests and for the preview. Names
// are hostile where a real one could be.
#pragma once

#include "services/gateway/testing/fake_public_client.h"
#include "services/gateway/testing/fake_registry_client.h"

namespace oshirase::gateway {

struct PublicExamples {
  ids::PublicNumber valid;
  ids::PublicNumber superseded;  // By `valid`.
  ids::PublicNumber withdrawn;
  ids::PublicNumber suspended;
  ids::PublicNumber closed;
  ids::VenueCode open_code;
  ids::VenueCode closed_code;
  ids::VenueCode suspended_code;
  ids::VenueCode event_code;  // Of an event that is over.
};

// Makes them known; also 45 listed venues, of which one is an event and one was inspected.
PublicExamples AddExamples(FakePublicClient& everybody, FakeRegistryClient& registry);

}  // namespace oshirase::gateway
