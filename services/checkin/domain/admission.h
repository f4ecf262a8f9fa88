// Admitting visits under the cap a person and day. Never stands in a visitor's way when its memory
// is lost: counting then starts again.
#pragma once

#include <vector>

#include "services/checkin/domain/visit_cap.h"

namespace oshirase::checkin {

// Whether each visit may be recorded: `cap`'s answer, and yes to all while it cannot be reached.
inline std::vector<bool> Admit(VisitCap& cap, const std::vector<Admission>& admissions) {
  auto admitted = cap.Admit(admissions);
  if (!admitted.ok()) return std::vector<bool>(admissions.size(), true);
  return *std::move(admitted);
}

}  // namespace oshirase::checkin
