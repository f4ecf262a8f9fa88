#include "common/qr/qr_picture.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

namespace oshirase::qr {
namespace {

// What zbarimg, a decoder of its own, reads in a picture; it is installed with the build's
// packages.
std::string Decode(const std::string& picture) {
  std::string directory = std::filesystem::temp_directory_path() / "oshirase-qr-XXXXXX";
  REQUIRE(::mkdtemp(directory.data()) != nullptr);
  const std::string path = directory + "/qr.png";
  std::ofstream(path, std::ios::binary) << picture;
  const std::string command = "zbarimg --quiet --raw " + path + " 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 4096> bytes;
  while (const size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe.get())) {
    text.append(bytes.data(), count);
  }
  std::filesystem::remove_all(directory);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

const std::string kUrl =
    "https://line.me/R/oaMessage/%40oshirase/?%E6%9D%A5%E5%BA%97%200123-4567-89AB-CDEFG";

TEST_CASE("another program reads back what the PNG says") {
  const auto symbol = Encode(kUrl, Recovery::kMedium);
  REQUIRE(symbol.ok());
  for (const int pixels : {3, 12}) CHECK(Decode(Png(*symbol, pixels)) == kUrl);
}

TEST_CASE("a symbol with a tenth of it covered is still read: correction level M") {
  auto symbol = *Encode(kUrl, Recovery::kMedium);
  // A block in the lower right, where there is neither a finder nor format information.
  const int side = symbol.size / 4;
  for (int y = symbol.size - side; y < symbol.size; ++y) {
    for (int x = symbol.size - side; x < symbol.size; ++x) {
      symbol.dark[static_cast<size_t>(y) * symbol.size + x] = false;
    }
  }
  CHECK(Decode(Png(symbol, 8)) == kUrl);
}

TEST_CASE("the SVG has the same modules and four modules of quiet zone") {
  Symbol symbol = {.size = 3, .dark = {true, true, false, false, false, false, false, false, true}};
  CHECK(Svg(symbol) ==
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 11 11\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h11v11H0z\"/>"
        "<path d=\"M4 4h2v1h-2zM6 6h1v1h-1z\"/></svg>\n");
}

TEST_CASE("the same symbol gives the same bytes") {
  const auto symbol = *Encode("x", Recovery::kMedium);
  CHECK(Png(symbol, 4) == Png(symbol, 4));
}

TEST_CASE("a text that fits no symbol is refused") {
  CHECK_FALSE(Encode(std::string(5000, 'x'), Recovery::kMedium).ok());
  CHECK_FALSE(Encode("", Recovery::kMedium).ok());
}

}  // namespace
}  // namespace oshirase::qr
