#include "services/gateway/view/register_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/origin.h"
#include "services/gateway/qr/oa_message.h"
#include "services/gateway/qr/qr_code.h"
#include "services/gateway/view/register_pages.h"

namespace oshirase::gateway {
namespace {

// Nobody loses what was typed for having been called to the till.
constexpr absl::Duration kDraftLifetime = absl::Hours(24);
// The done page shows the code to whoever has its address.
constexpr absl::Duration kDoneLifetime = absl::Hours(1);
constexpr absl::Duration kRegisterTimeout = absl::Seconds(5);
constexpr int kPngPixels = 12;

}  // namespace

RegisterHandler::RegisterHandler(Parts parts, Options options, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      draft_seal_(form_key, "oshirase register draft 1", kDraftLifetime, parts_.clock),
      done_seal_(form_key, "oshirase registered 1", kDoneLifetime, parts_.clock) {}

std::vector<Route> RegisterHandler::Routes() {
  const auto to = [this](HttpResponse (RegisterHandler::*method)(const HttpRequest&)) {
    return [this, method](const HttpRequest& request) { return (this->*method)(request); };
  };
  return {{"GET", "/register", "register", to(&RegisterHandler::ShowForm)},
          {"POST", "/register/check", "register_check", to(&RegisterHandler::Check)},
          {"POST", "/register/edit", "register_edit", to(&RegisterHandler::Edit)},
          {"POST", "/register", "register_send", to(&RegisterHandler::Send)},
          {"GET", "/registered", "registered", to(&RegisterHandler::ShowDone)},
          {"GET", "/registered/qr.png", "registered_png", to(&RegisterHandler::Png)},
          {"GET", "/registered/qr.svg", "registered_svg", to(&RegisterHandler::Svg)}};
}

HttpResponse RegisterHandler::Refuse(const absl::Status& status) const {
  return parts_.renderer.ErrorPage(absl::IsDeadlineExceeded(status) ? 410 : 400);
}

HttpResponse RegisterHandler::ShowForm(const HttpRequest& /*request*/) {
  return RegisterFormPage(parts_.renderer, {}, {}, "");
}

HttpResponse RegisterHandler::Check(const HttpRequest& request) {
  if (!IsFromOurPages(request, options_.public_url)) return parts_.renderer.ErrorPage(403);
  const auto body = ParseFormBody(request.body);
  if (!body.ok()) return Refuse(body.status());
  const RegisterForm form = ReadRegisterForm(*body);
  const auto problems = CheckRegisterForm(form);
  if (!problems.empty()) return RegisterFormPage(parts_.renderer, form, problems, "");
  // An id for what is shown now: after a change it is another registration.
  return RegisterCheckPage(parts_.renderer, form, SealDraft(draft_seal_, {NewUuid(), form}));
}

absl::StatusOr<RegisterDraft> RegisterHandler::DraftIn(const FormBody& body) const {
  return OpenDraft(draft_seal_, FieldOf(body, "draft"));
}

HttpResponse RegisterHandler::Edit(const HttpRequest& request) {
  if (!IsFromOurPages(request, options_.public_url)) return parts_.renderer.ErrorPage(403);
  const auto body = ParseFormBody(request.body);
  if (!body.ok()) return Refuse(body.status());
  const auto draft = DraftIn(*body);
  if (!draft.ok()) return Refuse(draft.status());
  return RegisterFormPage(parts_.renderer, draft->form, {}, FieldOf(*body, "field"));
}

HttpResponse RegisterHandler::Send(const HttpRequest& request) {
  if (!IsFromOurPages(request, options_.public_url)) return parts_.renderer.ErrorPage(403);
  const auto body = ParseFormBody(request.body);
  if (!body.ok()) return Refuse(body.status());
  const auto draft = DraftIn(*body);
  if (!draft.ok()) return Refuse(draft.status());

  CallContext call;
  call.deadline = absl::Now() + kRegisterTimeout;
  call.request_id = {RequestId::Kind::kVisit, request.request_id};
  const auto venue =
      parts_.registry.RegisterVenue(draft->request_id, ToVenueDetails(draft->form), call);
  if (venue.ok()) {
    return SeeOther(absl::StrCat("/registered?t=", SealRegistered(done_seal_, *venue)));
  }
  const int status = HttpStatusOf(venue.status());
  LogWarning("registration failed", {{"code", absl::StatusCodeToString(venue.status().code())},
                                     {"request_id", request.request_id}});
  std::vector<FormProblem> problems;
  for (const std::string& field : FieldProblemsOf(venue.status())) {
    problems.push_back(RefusedField(field));
  }
  if (!problems.empty()) return RegisterFormPage(parts_.renderer, draft->form, problems, "");
  if (status == 503) return RegisterAgainPage(parts_.renderer, FieldOf(*body, "draft"));
  return parts_.renderer.ErrorPage(status);
}

HttpResponse RegisterHandler::ShowDone(const HttpRequest& request) {
  const auto venue = OpenRegistered(done_seal_, request.Query("t"));
  if (!venue.ok()) return Refuse(venue.status());
  return RegisteredPageOf(parts_.renderer,
                          {.venue_name = venue->name,
                           .venue_code = ids::FormatVenueCode(venue->code),
                           .oa_message = OaMessageUrl(options_.bot_basic_id, venue->code),
                           .token = std::string(request.Query("t"))});
}

HttpResponse RegisterHandler::Png(const HttpRequest& request) {
  const auto venue = OpenRegistered(done_seal_, request.Query("t"));
  if (!venue.ok()) return Refuse(venue.status());
  const auto code = EncodeQr(OaMessageUrl(options_.bot_basic_id, venue->code));
  if (!code.ok()) return parts_.renderer.ErrorPage(500);
  HttpResponse response;
  response.content_type = "image/png";
  response.body = QrPng(*code, kPngPixels);
  return response;
}

HttpResponse RegisterHandler::Svg(const HttpRequest& request) {
  const auto venue = OpenRegistered(done_seal_, request.Query("t"));
  if (!venue.ok()) return Refuse(venue.status());
  const auto code = EncodeQr(OaMessageUrl(options_.bot_basic_id, venue->code));
  if (!code.ok()) return parts_.renderer.ErrorPage(500);
  HttpResponse response;
  response.content_type = "image/svg+xml";
  response.body = QrSvg(*code);
  return response;
}

}  // namespace oshirase::gateway
