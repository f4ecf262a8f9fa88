// The files that bundles are written to. Implemented by TempBundleFiles, and by a fake for tests.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oshirase::registry {

enum class BundleFormat {
  kPdf,  // one PDF, one venue after the other
  kZip,  // a ZIP of one PDF per venue
};

// A finished file. Gone from the disk when the last holder lets go. Thread-safe.
class BundleFile {
 public:
  virtual ~BundleFile() = default;

  virtual int64_t size() const = 0;

  // Up to `max` bytes from `offset`; fewer only at the end. Returns INTERNAL when it cannot be
  // read.
  virtual absl::StatusOr<std::string> Read(int64_t offset, size_t max) const = 0;
};

// A file being written. Not thread-safe. What is not finished leaves nothing behind.
class BundleWriter {
 public:
  virtual ~BundleWriter() = default;

  // Adds a PDF: to a ZIP as a file of that name, to a PDF as further pages. Names must differ.
  // Returns INTERNAL when it is no PDF, RESOURCE_EXHAUSTED when the disk is full.
  virtual absl::Status Add(const std::string& name, const std::string& pdf) = 0;

  // Ends the writing. To be called once, last. Returns as Add().
  virtual absl::StatusOr<std::shared_ptr<const BundleFile>> Finish() = 0;
};

// Thread-safe.
class BundleFiles {
 public:
  virtual ~BundleFiles() = default;

  // Returns RESOURCE_EXHAUSTED when no file can be made.
  virtual absl::StatusOr<std::unique_ptr<BundleWriter>> Create(BundleFormat format) = 0;
};

}  // namespace oshirase::registry
