#include "services/gateway/view/renderer.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

namespace mustache = kainjow::mustache;

constexpr char kStylesheet[] = "static/site.css";
constexpr const char* kPartials[] = {"head", "foot", "field"};

std::string PageText(const std::string& name) {
  return std::string(FindAsset(absl::StrCat("pages/", name, ".html")));
}

struct ErrorText {
  int status;
  const char* title;
  const char* text;
};

constexpr ErrorText kErrors[] = {
    {400, "内容を読み取れませんでした", "お手数ですが、もう一度はじめからお試しください。"},
    {403, "この送信は受け付けられません", "このサイトのページから送信してください。"},
    {404, "ページが見つかりません", "アドレスにまちがいがないかご確認ください。"},
    {405, "この操作はできません", "このサイトのページから操作してください。"},
    {410, "ページの表示期限が過ぎました", "安全のため、このページは一定の時間だけ表示します。"},
    {413, "送信された内容が大きすぎます", "文章を短くして、もう一度お試しください。"},
    {503, "ただいま混み合っています", "少し待ってから、もう一度お試しください。"},
};
constexpr ErrorText kOtherRefusal = {400, "受け付けられない形の送信です",
                                     "このサイトのページから操作してください。"};
constexpr ErrorText kOtherFailure = {
    500, "システムの不具合が起きました",
    "ご迷惑をおかけします。少し待ってから、もう一度お試しください。"};

const ErrorText& ErrorTextOf(int status) {
  for (const ErrorText& error : kErrors) {
    if (error.status == status) return error;
  }
  return status < 500 ? kOtherRefusal : kOtherFailure;
}

}  // namespace

std::string StylesheetPath() {
  // FNV-1a: only has to differ when the file does.
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : FindAsset(kStylesheet)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return absl::StrFormat("/static/site-%016x.css", hash);
}

HttpResponse Renderer::Render(int status, const std::string& page, mustache::data values) const {
  for (const char* partial : kPartials) {
    values.set(partial,
               mustache::partial([partial] { return PageText(absl::StrCat("_", partial)); }));
  }
  values.set("stylesheet", StylesheetPath());
  values.set("prefecture", facts_.prefecture_name);
  values.set("consultation_phone", facts_.consultation_phone);
  HttpResponse response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = mustache::mustache(PageText(page)).render(values);
  return response;
}

HttpResponse Renderer::ErrorPage(int status) const {
  const ErrorText& error = ErrorTextOf(status);
  mustache::data values;
  values.set("title", error.title);
  values.set("text", error.text);
  return Render(status, "error", std::move(values));
}

absl::Status Renderer::CheckPages() {
  for (const Asset& asset : Assets()) {
    const std::string text(asset.content);
    if (!absl::StartsWith(std::string(asset.name), "pages/")) continue;
    const mustache::mustache page(text);
    if (!page.is_valid() || absl::StrContains(text, "{{{") || absl::StrContains(text, "{{&")) {
      return absl::InternalError(absl::StrCat("bad page ", std::string(asset.name)));
    }
  }
  return absl::OkStatus();
}

}  // namespace oshirase::gateway
