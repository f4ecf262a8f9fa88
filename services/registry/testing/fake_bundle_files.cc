#include "services/registry/testing/fake_bundle_files.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace oshirase::registry {
namespace {

class TextFile final : public BundleFile {
 public:
  explicit TextFile(std::string text) : text_(std::move(text)) {}
  int64_t size() const override { return static_cast<int64_t>(text_.size()); }
  absl::StatusOr<std::string> Read(int64_t offset, size_t max) const override {
    return text_.substr(static_cast<size_t>(offset), max);
  }

 private:
  const std::string text_;
};

class TextWriter final : public BundleWriter {
 public:
  explicit TextWriter(BundleFormat format) : format_(format) {}
  absl::Status Add(const std::string& name, const std::string& pdf) override {
    absl::StrAppend(&text_, format_ == BundleFormat::kZip ? name + ": " : "", pdf);
    return absl::OkStatus();
  }
  absl::StatusOr<std::shared_ptr<const BundleFile>> Finish() override {
    return std::make_shared<TextFile>(std::move(text_));
  }

 private:
  const BundleFormat format_;
  std::string text_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BundleWriter>> FakeBundleFiles::Create(BundleFormat format) {
  RETURN_IF_ERROR(failures_.Next());
  return std::make_unique<TextWriter>(format);
}

}  // namespace oshirase::registry
