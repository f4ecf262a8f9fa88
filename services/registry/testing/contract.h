// How contract cases are written: each takes a fresh store and is run on the fake and on Postgres.
#pragma once

#include <functional>
#include <vector>

namespace oshirase::registry {

template <typename Store>
struct ContractCase {
  const char* name;
  std::function<void(Store&)> run;
};

template <typename Store>
using Contract = std::vector<ContractCase<Store>>;

}  // namespace oshirase::registry
