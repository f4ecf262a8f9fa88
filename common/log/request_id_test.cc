#include "common/log/request_id.h"

#include <catch2/catch.hpp>
#include <set>

namespace oshirase {
namespace {

TEST_CASE("new ids are version 4 UUIDs and differ") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = NewUuid();
    REQUIRE(IsUuid(id));
    CHECK(id[14] == '4');
    CHECK(std::string("89ab").find(id[19]) != std::string::npos);
    ids.insert(id);
  }
  CHECK(ids.size() == 1000);
}

TEST_CASE("only a lower-case UUID with its hyphens is one") {
  CHECK(IsUuid("0d9b2f6a-3c1e-4f7b-8a52-91c0e4d7b6aa"));
  const auto bad =
      GENERATE("", "0D9B2F6A-3C1E-4F7B-8A52-91C0E4D7B6AA", "0d9b2f6a3c1e4f7b8a5291c0e4d7b6aa",
               "0d9b2f6a-3c1e-4f7b-8a52-91c0e4d7b6a", "0d9b2f6a-3c1e-4f7b-8a52-91c0e4d7b6aaa",
               "0d9b2f6a-3c1e-4f7b-8a52-91c0e4d7b6ag", "0d9b2f6a-3c1e-4f7b-8a5291c0e4d7b6aa-");
  CAPTURE(bad);
  CHECK_FALSE(IsUuid(bad));
}

TEST_CASE("visits and cases have ids of their own in logs and calls") {
  CHECK(std::string(LogKey(RequestId::Kind::kVisit)) != LogKey(RequestId::Kind::kCase));
  CHECK(std::string(MetadataKey(RequestId::Kind::kVisit)) != MetadataKey(RequestId::Kind::kCase));
  CHECK(NewRequestId(RequestId::Kind::kCase).kind == RequestId::Kind::kCase);
}

}  // namespace
}  // namespace oshirase
