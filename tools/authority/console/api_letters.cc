#include "common/status/macros.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/json_body.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;
namespace rv1 = registry::v1;

constexpr size_t kMaxAnswer = 2000;

absl::StatusOr<Reply> List(Session& session, const Request& request) {
  const auto kind = request.Query("kind");
  if (kind != "enquiries" && kind != "reports") {
    return WrongUse("kind は enquiries か reports です");
  }
  ASSIGN_OR_RETURN(
      const auto page,
      ReadLetterPage(session,
                     kind == "reports" ? rv1::LETTER_KIND_REPORT : rv1::LETTER_KIND_ENQUIRY,
                     request.Query("all") == "true", request.Query("page")));
  json letters = json::array();
  for (const auto& letter : page.letters()) letters.push_back(ToJson(letter));
  return JsonReply({{"letters", letters}, {"next", page.next_page_token()}});
}

absl::StatusOr<Reply> Close(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body,
                   JsonBody::Parse(request, {{"number", kText}, {"answer", kText}}));
  ASSIGN_OR_RETURN(const auto number, TypedNumber("番号", body.Text("number")));
  ASSIGN_OR_RETURN(const auto answer, TypedLetter({"回答", body.Text("answer"), kMaxAnswer}));
  ASSIGN_OR_RETURN(const auto letter, CloseLetter(session, number, answer));
  return JsonReply(ToJson(letter));
}

}  // namespace

void AddLetters(Session& session, std::vector<Route>& routes) {
  routes.push_back({"GET", "/api/letters",
                    [&session](const Request& request) { return List(session, request); }});
  routes.push_back({"POST", "/api/letters/close",
                    [&session](const Request& request) { return Close(session, request); }});
}

}  // namespace oshirase::authority::console
