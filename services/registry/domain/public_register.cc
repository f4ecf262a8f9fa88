#include "services/registry/domain/public_register.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/crypto/officer_signature.h"
#include "common/ids/public_number.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMarkBytes = 6;

// Tells searches apart: those with the same words and kind have the same mark.
std::string MarkOf(const ListedQuery& query) {
  const crypto::Digest digest =
      crypto::Sha256(absl::StrCat(query.kind, "\n", absl::StrJoin(query.words, " ")));
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), kMarkBytes));
}

// A token is the search's mark and the number of venues already shown.
std::string TokenOf(const ListedQuery& query, int64_t shown) {
  return absl::StrCat(MarkOf(query), ".", shown);
}

absl::StatusOr<int64_t> OffsetOf(const std::string& token, const ListedQuery& query) {
  int64_t offset = 0;
  if (token.empty()) return offset;
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  if (parts.size() != 2 || parts[0] != MarkOf(query) || !absl::SimpleAtoi(parts[1], &offset) ||
      offset <= 0 || offset > kMaxMatchCount) {
    return PageTokenInvalid();
  }
  return offset;
}

}  // namespace

absl::StatusOr<CheckedCertificate> PublicRegister::GetCertificate(const std::string& typed_number) {
  const auto number = ids::ParsePublicNumber(typed_number);
  if (!number.ok()) return CertificateNumberMistyped();
  ASSIGN_OR_RETURN(auto found, venues_.FindCertificate(number->value));
  if (!found.has_value()) return CertificateNotFound();
  CheckedCertificate checked{.certificate = std::move(found->certificate),
                             .venue_state = found->venue_state,
                             .address = "",
                             .inspect_time = found->inspect_time,
                             .current_number = ""};
  if (found->may_show_address) checked.address = checked.certificate.sheet.venue_address;
  if (checked.certificate.state == CertificateState::kSuperseded)
    checked.current_number = found->newest_number;
  return checked;
}

absl::StatusOr<ListedPage> PublicRegister::Search(const ListedSearchRequest& request) {
  ListedQuery query{.words = FoldedWords(request.text),
                    .whole = "",
                    .kind = request.kind,
                    .offset = 0,
                    .limit = request.page_size};
  query.whole = absl::StrJoin(query.words, "");
  ASSIGN_OR_RETURN(query.offset, OffsetOf(request.page_token, query));
  // Of marks and signs alone nothing is left to look for; that is not the same as asking for all.
  if (query.words.empty() && !Trimmed(request.text).empty()) return ListedPage{};
  ASSIGN_OR_RETURN(auto matches, venues_.Search(query));
  ListedPage page{.venues = std::move(matches.venues),
                  .next_page_token = "",
                  .match_count = matches.match_count};
  const int64_t shown = query.offset + static_cast<int64_t>(page.venues.size());
  if (!page.venues.empty() && shown < page.match_count)
    page.next_page_token = TokenOf(query, shown);
  return page;
}

absl::Status PublicRegister::ReadListed(TakeListedVenues take) {
  return venues_.ReadListed(kVenuesPerBatch, take);
}

}  // namespace oshirase::registry
