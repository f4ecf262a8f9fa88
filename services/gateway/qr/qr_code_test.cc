#include "services/gateway/qr/qr_code.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <memory>

#include "services/gateway/qr/oa_message.h"
#include "services/gateway/testing/test_directory.h"

namespace oshirase::gateway {
namespace {

// What zbarimg, a decoder of its own, reads in a picture; it is installed with the build's
// packages.
std::string Decode(const std::string& picture, const std::string& name) {
  const TestDirectory directory;
  const std::string path = directory.File(name);
  std::ofstream(path, std::ios::binary) << picture;
  const std::string command = "zbarimg --quiet --raw " + path + " 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 4096> bytes;
  while (const size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe.get())) {
    text.append(bytes.data(), count);
  }
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

const ids::VenueCode kCode = {"0123456789ABCDEFG"};

TEST_CASE("the address opens the chat with the code typed in, everything percent-encoded") {
  CHECK(OaMessageUrl("@oshirase", kCode) ==
        "https://line.me/R/oaMessage/%40oshirase/?%E6%9D%A5%E5%BA%97%20" +
            ids::FormatVenueCode(kCode));
}

TEST_CASE("another program reads back what the PNG says") {
  const std::string url = OaMessageUrl("@oshirase", kCode);
  const auto code = EncodeQr(url);
  REQUIRE(code.ok());
  for (const int pixels : {3, 12}) CHECK(Decode(QrPng(*code, pixels), "qr.png") == url);
}

TEST_CASE("a symbol with a tenth of it covered is still read: correction level M") {
  const std::string url = OaMessageUrl("@oshirase", kCode);
  auto code = *EncodeQr(url);
  // A block in the lower right, where there is neither a finder nor format information.
  const int side = code.size / 4;
  for (int y = code.size - side; y < code.size; ++y) {
    for (int x = code.size - side; x < code.size; ++x) {
      code.dark[static_cast<size_t>(y) * code.size + x] = false;
    }
  }
  CHECK(Decode(QrPng(code, 8), "qr.png") == url);
}

TEST_CASE("the SVG has the same modules and four modules of quiet zone") {
  QrCode code = {.size = 3, .dark = {true, true, false, false, false, false, false, false, true}};
  CHECK(QrSvg(code) ==
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 11 11\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h11v11H0z\"/>"
        "<path d=\"M4 4h2v1h-2zM6 6h1v1h-1z\"/></svg>\n");
}

TEST_CASE("the same symbol gives the same bytes") {
  const auto code = *EncodeQr("x");
  CHECK(QrPng(code, 4) == QrPng(code, 4));
}

TEST_CASE("a text that fits no symbol is refused") {
  CHECK_FALSE(EncodeQr(std::string(5000, 'x')).ok());
  CHECK_FALSE(EncodeQr("").ok());
}

}  // namespace
}  // namespace oshirase::gateway
