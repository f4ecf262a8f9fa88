// Everything the register desk can do to the venues of businesses, on fakes of every store and with
// a clock that moves only when told.
#pragma once

#include "services/registry/domain/entry_editor.h"
#include "services/registry/domain/register_desk.h"
#include "services/registry/domain/reissue.h"
#include "services/registry/domain/venue_decisions.h"
#include "services/registry/testing/business_scene.h"
#include "services/registry/testing/fake_decision_store.h"
#include "services/registry/testing/fake_document_printer.h"
#include "services/registry/testing/fake_register_store.h"
#include "services/registry/testing/fake_reissue_store.h"

namespace oshirase::registry {

inline constexpr char kDeskOfficer[] = "officer/desk-a";

// Not thread-safe.
struct DeskScene : BusinessScene {
  FakeRegisterStore entries{shared};
  FakeDecisionStore decision_store{shared};
  FakeReissueStore reissue_store{shared};
  FakeDocumentPrinter printer;
  RegisterDesk desk{{.entries = entries,
                     .venues = venues,
                     .own_venues = own_venues,
                     .printer = printer,
                     .audit = audit}};
  EntryEditor editor{{.entries = entries,
                      .decisions = decision_store,
                      .venues = venues,
                      .catalogue = ExampleCatalogue(),
                      .certificates = ExampleCertificates(),
                      .clock = clock}};
  VenueDecisions decisions{{.entries = entries,
                            .decisions = decision_store,
                            .venues = venues,
                            .own_venues = own_venues,
                            .clock = clock}};
  Reissue reissue{reissue_store, ExampleCertificates(), clock};

  // Stores a venue, a second after the one before.
  Venue Add(const VenueDetails& details = ExampleDetails()) {
    now += absl::Seconds(1);
    const auto stored = venues.Insert(ExampleAddition(ExampleVenue(now, details)));
    REQUIRE(stored.ok());
    return *stored;
  }

  Venue AddNamed(const std::string& name) {
    auto details = ExampleDetails();
    details.name = name;
    return Add(details);
  }

  // All there is about a venue.
  EntryFile FileOf(const VenueId& id) {
    const auto file = entries.ReadFile(id);
    REQUIRE(file.ok());
    REQUIRE(file->has_value());
    return **file;
  }

  AuditNote last_note() const { return audit.notes().back(); }
};

}  // namespace oshirase::registry
