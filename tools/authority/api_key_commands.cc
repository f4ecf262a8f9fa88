// `api-keys issue`, `list` and `revoke`.
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority {
namespace {

constexpr size_t kMaxLabel = 100;

}  // namespace

absl::Status MakeApiKey(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto email, TypedEmail(options.api_key.email));
  ASSIGN_OR_RETURN(const auto label, TypedLine({"用途", options.api_key.label, kMaxLabel}));
  ASSIGN_OR_RETURN(const auto issued, IssueApiKey(session, email, label));
  Tell(absl::StrCat("発行しました（ID ", issued.api_key().api_key_id(),
                    "）。鍵が表示されるのは今回だけです。"));
  auto json = ToJson(issued.api_key());
  json["secret"] = issued.secret();
  Print(options, Dump(json), issued.secret());
  return absl::OkStatus();
}

absl::Status ShowApiKeys(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto keys, ListApiKeys(session));
  auto list = nlohmann::json::array();
  for (const auto& key : keys) list.push_back(ToJson(key));
  if (keys.empty()) Tell("ありません。");
  Print(options, Dump(list), keys.empty() ? "" : ApiKeysText(keys));
  return absl::OkStatus();
}

absl::Status EndApiKey(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto id, TypedUuid("鍵のID", options.id));
  RETURN_IF_ERROR(Confirm(options, "この鍵を使えなくしますか（元に戻せません）"));
  ASSIGN_OR_RETURN(const auto key, RevokeApiKey(session, id));
  Print(options, Dump(ToJson(key)), absl::StrCat("使えなくしました: ", key.label()));
  return absl::OkStatus();
}

}  // namespace oshirase::authority
