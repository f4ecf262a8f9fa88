#include "common/keyring/testing/key_book_contract.h"

#include <catch2/catch.hpp>

namespace oshirase::keyring {
namespace {

KeyRecord RecordOf(const std::string& label, uint8_t mark, int64_t made_at) {
  KeyRecord record;
  record.name = {kInnerKey, label};
  record.fingerprint.fill(mark);
  record.made_at = absl::FromUnixSeconds(made_at);
  return record;
}

}  // namespace

void CheckKeyBookContract(KeyBook& book, const std::string& one, const std::string& two) {
  const KeyRecord first = RecordOf(one, 1, 1000);
  const KeyRecord second = RecordOf(two, 2, 2000);
  const absl::Time end = absl::FromUnixSeconds(9000);

  INFO("an empty book knows nothing");
  CHECK_FALSE(book.Find(first.name)->has_value());
  CHECK(book.List(kInnerKey)->empty());
  CHECK(absl::IsNotFound(book.MarkDestroyed(first.name, end)));

  INFO("what is recorded first stays");
  CHECK(book.Record(first)->fingerprint == first.fingerprint);
  CHECK(book.Record(RecordOf(one, 7, 7000))->fingerprint == first.fingerprint);
  const auto found = book.Find(first.name).value();
  REQUIRE(found.has_value());
  CHECK(found->name == first.name);
  CHECK(found->fingerprint == first.fingerprint);
  CHECK(found->made_at == first.made_at);
  CHECK_FALSE(found->destroyed_at.has_value());

  INFO("records are listed by purpose, in order of labels");
  CHECK(book.Record(second).ok());
  KeyRecord tag = first;
  tag.name.purpose = kTagKey;
  CHECK(book.Record(tag).ok());
  const auto listed = book.List(kInnerKey).value();
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].name == first.name);
  CHECK(listed[1].name == second.name);

  INFO("a lost key's record takes its replacement, once");
  const KeyRecord replacement = RecordOf(two, 3, 3000);
  CHECK(book.Replace(second.fingerprint, replacement).ok());
  CHECK(book.Find(second.name).value()->fingerprint == replacement.fingerprint);
  CHECK(book.Find(second.name).value()->made_at == replacement.made_at);
  CHECK(absl::IsFailedPrecondition(book.Replace(second.fingerprint, replacement)));

  INFO("the end stays as first marked, and nothing comes after it");
  CHECK(book.MarkDestroyed(first.name, end).ok());
  CHECK(book.MarkDestroyed(first.name, end + absl::Hours(1)).ok());
  CHECK(book.Find(first.name).value()->destroyed_at == end);
  CHECK(book.Record(first)->destroyed_at == end);
  CHECK(absl::IsFailedPrecondition(book.Replace(first.fingerprint, RecordOf(one, 4, 9500))));
  CHECK_FALSE(book.Find(tag.name).value()->destroyed_at.has_value());
}

}  // namespace oshirase::keyring
