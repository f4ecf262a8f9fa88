#include "tools/authority/console/json_body.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority::console {

using nlohmann::json;

absl::StatusOr<JsonBody> JsonBody::Parse(const Request& request,
                                         std::initializer_list<Member> members) {
  auto object = json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return WrongUse("送信がJSONのオブジェクトではありません");
  for (const auto& member : members) {
    const auto found = object.find(member.name);
    if (found == object.end() || found->type() != member.type) {
      return WrongUse(absl::StrCat(member.name, " がないか、形が違います"));
    }
  }
  if (object.size() != members.size()) return WrongUse("知らない項目があります");
  return JsonBody(std::move(object));
}

Reply JsonReply(const json& value) {
  return {.body = value.dump(-1, ' ', false, json::error_handler_t::replace)};
}

}  // namespace oshirase::authority::console
