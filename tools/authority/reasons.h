// What a refusal means, in the officer's words.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::authority {

// A sentence in Japanese, and for a server's answer the reason and the server's own text behind it.
std::string Explain(const absl::Status& status);

// The sentence alone, for where what is wrong with each field is shown beside it.
std::string SentenceFor(const absl::Status& status);

// What is wrong with one field, with its name: "電話番号: 電話番号の形ではありません".
std::string ViolationText(const FieldViolation& violation);

}  // namespace oshirase::authority
