// What two versions of a venue's details differ in, as people read it.
#pragma once

#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/i18n/words.h"

namespace oshirase::gateway {

// The checklist apart: of it, what comes and what goes says more than both lists.
struct Difference {
  RegisterStep step = RegisterStep::kIndustry;  // That asks for it.
  std::string field;
  std::string label;
  std::vector<std::string> before;
  std::vector<std::string> after;
};

// Thread-safe.
class Differences {
 public:
  // Both must outlive this.
  Differences(const catalogue::Catalogue& catalogue, const Words& words)
      : catalogue_(catalogue), words_(words) {}

  // In the order of the form; of a list of measures, only those that go (`before`) and come
  // (`after`).
  std::vector<Difference> Between(const RegisterForm& before, const RegisterForm& after,
                                  Language language) const;

  // The measures of `form` that the next certificate of `venue` marks as new.
  std::vector<std::string> NewMeasures(const OwnVenue& venue, const RegisterForm& form,
                                       Language language) const;

 private:
  const catalogue::Catalogue& catalogue_;
  const Words& words_;
};

// Whether the sheet at the door shows any of these.
bool ChangeSheet(const std::vector<Difference>& differences);

}  // namespace oshirase::gateway
