#include "tests/bench/load/http_answer.h"

#include <catch2/catch.hpp>
#include <string>

namespace oshirase::bench {
namespace {

TEST_CASE("an answer ends where its Content-Length says, whatever follows") {
  const std::string first = "HTTP/1.1 503 Service Unavailable\r\ncontent-LENGTH: 5\r\n\r\nsorry";
  const auto answer = FirstAnswer(first + "HTTP/1.1 200 OK\r\n");
  REQUIRE(answer.ok());
  REQUIRE(answer->has_value());
  CHECK((*answer)->status == 503);
  CHECK((*answer)->size == first.size());
  CHECK_FALSE((*answer)->last);
}

TEST_CASE("every beginning of an answer is not yet one") {
  const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
  for (size_t size = 0; size < whole.size(); ++size) {
    const auto answer = FirstAnswer(whole.substr(0, size));
    REQUIRE(answer.ok());
    CHECK_FALSE(answer->has_value());
  }
}

TEST_CASE("a server that says it closes the connection is believed") {
  const auto answer =
      FirstAnswer("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n");
  REQUIRE(answer.ok());
  CHECK((*answer)->last);
}

TEST_CASE("what is not HTTP/1.1, or has no length, is an error") {
  for (const std::string bad :
       {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n"}) {
    INFO(bad);
    CHECK_FALSE(FirstAnswer(bad).ok());
  }
}

}  // namespace
}  // namespace oshirase::bench
