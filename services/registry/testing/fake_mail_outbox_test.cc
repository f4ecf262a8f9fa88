#include "services/registry/testing/fake_mail_outbox.h"

#include <catch2/catch.hpp>

#include "services/registry/testing/mail_outbox_contract.h"

namespace oshirase::registry {
namespace {

TEST_CASE("the fake mail outbox keeps the contract") {
  for (const auto& each : MailOutboxContract()) {
    DYNAMIC_SECTION(each.name) {
      FakeMailOutbox outbox;
      each.run(outbox);
    }
  }
}

}  // namespace
}  // namespace oshirase::registry
