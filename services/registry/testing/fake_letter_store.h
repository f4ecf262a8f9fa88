// A LetterStore in memory that can be told to fail. It locks as a whole, so it cannot show what two
// transactions do to each other.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "services/registry/domain/letter_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeLetterStore final : public LetterStore {
 public:
  // `shared` must outlive it.
  explicit FakeLetterStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<std::string> Keep(const NewDeskLetter& letter) override;
  absl::StatusOr<LetterList> List(const LetterQuery& query, const AuditNote& note) override;
  absl::StatusOr<std::optional<DeskLetter>> Find(const std::string& number) override;
  absl::StatusOr<DeskLetter> Close(const LetterClosing& closing) override;

 private:
  FakeRegister& register_;
  FailureQueue failures_;
  std::map<std::string, DeskLetter> letters_ ABSL_GUARDED_BY(register_.mu);
  std::map<std::string, std::string> numbers_ ABSL_GUARDED_BY(register_.mu);  // by request id
};

}  // namespace oshirase::registry
