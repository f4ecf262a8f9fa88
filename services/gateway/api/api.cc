#include "services/gateway/api/api.h"

#include <iterator>
#include <utility>

#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

void Append(std::vector<Route>& to, std::vector<Route> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Api>> Api::Create(const ApiBackends& backends, LinkBases bases,
                                                 const crypto::SecretKey& form_key,
                                                 const Clock& clock) {
  ASSIGN_OR_RETURN(Problems problems, Problems::BuiltIn());
  ASSIGN_OR_RETURN(Words words, Words::BuiltIn());
  ASSIGN_OR_RETURN(catalogue::Catalogue catalogue, catalogue::LoadBuiltIn());
  return std::unique_ptr<Api>(new Api(backends, std::move(bases),
                                      {std::move(problems), std::move(words), std::move(catalogue)},
                                      std::make_unique<IdempotencyKeys>(form_key, clock)));
}

Api::Api(const ApiBackends& backends, LinkBases bases, Contents contents,
         std::unique_ptr<IdempotencyKeys> keys)
    : problems_(std::move(contents.problems)),
      words_(std::move(contents.words)),
      catalogue_(std::move(contents.catalogue)),
      bases_(std::move(bases)),
      calls_(problems_),
      keys_(std::move(keys)),
      open_({calls_, problems_, catalogue_}),
      venues_({backends.business, calls_, *keys_, bases_}),
      actions_({backends.business, backends.visits, calls_, *keys_, bases_}),
      bulk_({backends.bulk, calls_, *keys_, catalogue_, words_}) {}

std::vector<Route> Api::Routes() {
  std::vector<Route> routes = open_.Routes();
  Append(routes, venues_.Routes());
  Append(routes, actions_.Routes());
  Append(routes, bulk_.Routes());
  return routes;
}

}  // namespace oshirase::gateway
