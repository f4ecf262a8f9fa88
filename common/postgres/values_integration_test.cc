#include <catch2/catch.hpp>

#include "absl/functional/function_ref.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::postgres {
namespace {

absl::Status Run(absl::FunctionRef<void(pqxx::work&)> body) {
  static Pool pool({.url = testing::SharedPostgres().Url("postgres", "postgres")});
  return RunInTransaction(pool, [&](pqxx::work& tx) {
    body(tx);
    return absl::OkStatus();
  });
}

TEST_CASE("the server reads every kind of binary array as it was meant") {
  BoolArray bools;
  bools.Add(true);
  Int2Array twos;
  twos.Add(-32768);
  Int4Array fours;
  fours.Add(-2147483647);
  Int8Array eights;
  eights.Add(-9007199254740993);
  TextArray texts;
  texts.Add("喫茶, \"店\" {NULL} \\");
  ByteaArray byteas;
  byteas.Add(absl::string_view("\0\xff\\", 3));
  UuidArray uuids;
  REQUIRE_OK(uuids.Add("00112233-4455-6677-8899-aabbccddeeff"));
  DateArray dates;
  dates.Add(18597);
  TimestamptzArray times;
  times.Add(absl::FromUnixMicros(1606791845678901));

  const auto status = Run([&](pqxx::work& tx) {
    const auto row = tx.exec_params1(
        "SELECT * FROM unnest($1::bool[], $2::int2[], $3::int4[], $4::int8[], $5::text[],"
        " $6::bytea[], $7::uuid[], $8::date[], $9::timestamptz[])",
        bools.Param(), twos.Param(), fours.Param(), eights.Param(), texts.Param(), byteas.Param(),
        uuids.Param(), dates.Param(), times.Param());
    CHECK(row[0].as<bool>());
    CHECK(row[1].as<int>() == -32768);
    CHECK(row[2].as<int>() == -2147483647);
    CHECK(row[3].as<int64_t>() == -9007199254740993);
    CHECK(row[4].as<std::string>() == "喫茶, \"店\" {NULL} \\");
    CHECK(Bytes(row[5]) == std::string("\0\xff\\", 3));
    CHECK(row[6].as<std::string>() == "00112233-4455-6677-8899-aabbccddeeff");
    CHECK(Date(row[7]) == 18597);
    CHECK(Time(row[8]) == absl::FromUnixMicros(1606791845678901));
  });

  CHECK_OK(status);
}

TEST_CASE("nulls, infinities and emptiness survive in arrays") {
  TimestamptzArray times;
  times.Add(absl::InfiniteFuture());
  times.Add(absl::InfinitePast());
  times.AddNull();

  const auto status = Run([&](pqxx::work& tx) {
    const auto rows = tx.exec_params_n(3, "SELECT unnest($1::timestamptz[])", times.Param());
    CHECK(Time(rows[0][0]) == absl::InfiniteFuture());
    CHECK(Time(rows[1][0]) == absl::InfinitePast());
    CHECK(NullableTime(rows[2][0]) == std::nullopt);
    tx.exec_params0("SELECT unnest($1::uuid[])", UuidArray().Param());
  });

  CHECK_OK(status);
}

TEST_CASE("parameters and fields are each other's inverse") {
  const std::string bytes("\0\x7f\x80\xff'\\", 6);
  const absl::Time time = absl::FromUnixMicros(-1);

  const auto status = Run([&](pqxx::work& tx) {
    const auto row = tx.exec_params1(
        "SELECT $1::bytea, $2::bytea, $3::timestamptz, $4::date, $5::timestamptz, $6::bytea",
        BytesParam(bytes), NullableBytesParam(bytes), TimeParam(time), DateParam(-1),
        NullableTimeParam(std::nullopt), NullableBytesParam(std::nullopt));
    CHECK(Bytes(row[0]) == bytes);
    CHECK(Bytes(row[1]) == bytes);
    CHECK(Time(row[2]) == time);
    CHECK(Date(row[3]) == -1);
    CHECK(NullableTime(row[4]) == std::nullopt);
    CHECK(NullableBytes(row[5]) == std::nullopt);
  });

  CHECK_OK(status);
}

TEST_CASE("nullable fields tell null from empty") {
  const auto status = Run([](pqxx::work& tx) {
    const auto row = tx.exec1("SELECT NULL::text, '', NULL::int, 7, NULL::date");
    CHECK(Nullable<std::string>(row[0]) == std::nullopt);
    CHECK(Nullable<std::string>(row[1]) == "");
    CHECK(Nullable<int>(row[2]) == std::nullopt);
    CHECK(Nullable<int>(row[3]) == 7);
    CHECK(NullableDate(row[4]) == std::nullopt);
  });

  CHECK_OK(status);
}

TEST_CASE("a field of another form than asked for is INTERNAL") {
  CHECK_CODE(Run([](pqxx::work& tx) { Time(tx.exec1("SELECT 'soon'")[0]); }),
             absl::StatusCode::kInternal);
  CHECK_CODE(Run([](pqxx::work& tx) { Time(tx.exec1("SELECT NULL::timestamptz")[0]); }),
             absl::StatusCode::kInternal);
  CHECK_CODE(Run([](pqxx::work& tx) { Bytes(tx.exec1("SELECT 'abc'")[0]); }),
             absl::StatusCode::kInternal);
  CHECK_CODE(Run([](pqxx::work& tx) { Bytes(tx.exec1("SELECT '\\xzz'")[0]); }),
             absl::StatusCode::kInternal);
  CHECK_CODE(Run([](pqxx::work& tx) { Date(tx.exec1("SELECT 'today'")[0]); }),
             absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace oshirase::postgres
