#include <catch2/catch.hpp>

#include "services/registry/domain/errors.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {
namespace {

const absl::Time kNow = absl::FromUnixMicros(1'607'580'000'123'456);

crypto::Digest DigestOf(const std::string& text) { return crypto::Sha256(text); }

ReleaseRecord ReleaseFor(const std::string& case_id, absl::Time time = kNow) {
  return {.case_id = case_id, .first_time = time, .end_time = time + absl::Hours(24)};
}

std::string ReasonFor(StatementStore& store, const std::string& statement,
                      const ReleaseRecord& release) {
  return ReasonOf(store.RecordRelease(DigestOf(statement), release, ExampleNote()).status());
}

void Records(StatementStore& store) {
  const std::string case_id = ids::NewUuid();
  CHECK_FALSE(store.Find(DigestOf("a"))->release.has_value());
  REQUIRE(store.RecordRelease(DigestOf("a"), ReleaseFor(case_id), ExampleNote()).ok());
  const auto again = store.RecordRelease(DigestOf("a"), ReleaseFor(case_id, kNow + absl::Hours(23)),
                                         ExampleNote());
  REQUIRE(again.ok());
  CHECK(again->first_time == kNow);
  CHECK(again->end_time == kNow + absl::Hours(24));
  const auto found = store.Find(DigestOf("a"));
  REQUIRE(found->release.has_value());
  CHECK(found->release->case_id == case_id);
  CHECK_FALSE(found->void_time.has_value());
}

void OneCaseOneStatement(StatementStore& store) {
  const std::string case_id = ids::NewUuid();
  CHECK(ReasonFor(store, "a", ReleaseFor(case_id)).empty());
  CHECK(ReasonFor(store, "a", ReleaseFor(ids::NewUuid())) == "STATEMENT_OF_OTHER_CASE");
  CHECK(ReasonFor(store, "b", ReleaseFor(case_id)) == "STATEMENT_OF_OTHER_CASE");
  CHECK(ReasonFor(store, "b", ReleaseFor(ids::NewUuid())).empty());
}

void Ends(StatementStore& store) {
  const std::string case_id = ids::NewUuid();
  CHECK(ReasonFor(store, "a", ReleaseFor(case_id)).empty());
  CHECK(ReasonFor(store, "a", ReleaseFor(case_id, kNow + absl::Hours(24))) == "STATEMENT_CLOSED");
}

void Voids(StatementStore& store) {
  const std::string case_id = ids::NewUuid();
  REQUIRE(store.RecordVoid(DigestOf("a"), kNow, ExampleNote()).ok());
  CHECK(ReasonFor(store, "a", ReleaseFor(case_id)) == "STATEMENT_VOID");
  CHECK(ReasonFor(store, "b", ReleaseFor(case_id)).empty());
  REQUIRE(store.RecordVoid(DigestOf("b"), kNow, ExampleNote()).ok());
  REQUIRE(store.RecordVoid(DigestOf("b"), kNow + absl::Hours(1), ExampleNote()).ok());
  CHECK(ReasonFor(store, "b", ReleaseFor(case_id)) == "STATEMENT_VOID");
  const auto found = store.Find(DigestOf("b"));
  CHECK(found->void_time == kNow);
  CHECK(found->release.has_value());
}

}  // namespace

const Contract<StatementStore>& StatementStoreContract() {
  static const Contract<StatementStore> cases = {
      {"a release is recorded once and found again", Records},
      {"a statement has one case and a case one statement", OneCaseOneStatement},
      {"a release ends", Ends},
      {"a void statement is not released, before or after", Voids},
  };
  return cases;
}

}  // namespace oshirase::registry
