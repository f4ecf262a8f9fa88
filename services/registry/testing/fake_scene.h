// A ReleaseScene on fakes of every store.
#pragma once

#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "services/registry/testing/fake_audit_store.h"
#include "services/registry/testing/fake_officer_store.h"
#include "services/registry/testing/fake_statement_store.h"
#include "services/registry/testing/fake_venue_store.h"
#include "services/registry/testing/release_scene.h"

namespace oshirase::registry {

struct FakeSceneStores {
  FakeAuditStore audit;
  FakeVenueStore venues{audit};
  FakeOfficerStore officers{audit};
  FakeStatementStore statements{audit};
  keyring::FakeKeyStore keys;
  keyring::FakeKeyBook book;
};

// Not thread-safe.
class FakeScene : public FakeSceneStores, public ReleaseScene {
 public:
  FakeScene()
      : ReleaseScene({.venues = FakeSceneStores::venues,
                      .officers = FakeSceneStores::officers,
                      .statements = FakeSceneStores::statements,
                      .audit = FakeSceneStores::audit,
                      .keys = FakeSceneStores::keys,
                      .book = FakeSceneStores::book}) {}

  // The last entry of the audit log.
  AuditNote last_note() const { return audit.notes().back(); }
};

}  // namespace oshirase::registry
