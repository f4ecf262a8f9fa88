#include "services/gateway/forms/postal_codes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kCodeDigits = 7;

absl::Status Unusable(const std::string& what) { return absl::InvalidArgumentError(what); }

// The line that begins at `at`, without its end.
std::string_view LineAt(std::string_view lines, size_t at) {
  return lines.substr(at, std::min(lines.find('\n', at), lines.size()) - at);
}

// Where the line around `at` begins.
size_t LineStart(std::string_view lines, size_t at) {
  const size_t newline = at == 0 ? std::string_view::npos : lines.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

// Where the first line begins whose code is not below `code`.
size_t LowerBound(std::string_view lines, std::string_view code) {
  size_t low = 0;
  size_t high = lines.size();
  while (low < high) {
    const size_t start = LineStart(lines, low + (high - low) / 2);
    const std::string_view line = LineAt(lines, start);
    if (line.substr(0, kCodeDigits) < code) {
      low = std::min(start + line.size() + 1, lines.size());
    } else {
      high = start;
    }
  }
  return low;
}

bool ReadLine(std::string_view line, PostalPlace& place) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(line.data(), line.size()), '\t');
  if (parts.size() != 4 || parts[0].size() != kCodeDigits) return false;
  place = {.prefecture = parts[1], .municipality = parts[2], .town = parts[3]};
  return true;
}

}  // namespace

absl::StatusOr<PostalCodes> PostalCodes::Open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Unusable("cannot be opened");
  struct stat file = {};
  const bool sized = ::fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && file.st_size > 0;
  const auto size = static_cast<size_t>(file.st_size);
  void* start = sized ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
  ::close(fd);
  if (start == MAP_FAILED) return Unusable("cannot be read, or is empty");

  PostalCodes codes;
  codes.mapping_ = std::shared_ptr<const void>(
      start, [size](const void* mapped) { ::munmap(const_cast<void*>(mapped), size); });
  codes.lines_ = {static_cast<const char*>(start), size};
  PostalPlace first;
  if (codes.lines_.back() != '\n' || !ReadLine(LineAt(codes.lines_, 0), first)) {
    return Unusable("is not a file made by tools/postal-codes");
  }
  return codes;
}

std::vector<PostalPlace> PostalCodes::Find(std::string_view code) const {
  std::vector<PostalPlace> places;
  if (code.size() != kCodeDigits) return places;
  for (size_t at = LowerBound(lines_, code); at < lines_.size();) {
    const std::string_view line = LineAt(lines_, at);
    PostalPlace place;
    if (line.substr(0, kCodeDigits) != code || !ReadLine(line, place)) break;
    places.push_back(std::move(place));
    at += line.size() + 1;
  }
  return places;
}

PostalAddress PostalCodes::AddressOf(std::string_view code, std::string_view prefecture) const {
  const std::vector<PostalPlace> places = Find(code);
  PostalAddress address;
  if (places.empty()) return address;
  const PostalPlace& first = places.front();
  bool one_municipality = true;
  for (const PostalPlace& place : places) {
    if (place.prefecture != first.prefecture || place.municipality != first.municipality) {
      one_municipality = false;
    }
  }
  address.several_towns = places.size() > 1;
  if (!one_municipality) return address;
  address.municipality = first.prefecture == prefecture
                             ? first.municipality
                             : absl::StrCat(first.prefecture, first.municipality);
  if (!address.several_towns) address.town = first.town;
  return address;
}

}  // namespace oshirase::gateway
