// Reference: https://www.rfc-editor.org/rfc/rfc7578, and for what browsers really send
// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
#include "services/gateway/forms/file_form.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/status/macros.h"
#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kMaxParts = 20;
constexpr size_t kMaxBoundary = 70;
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

absl::Status Unreadable() { return absl::InvalidArgumentError("the form cannot be read"); }

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// The value of the parameter `name` of a header, without its quotes; false when there is none.
bool Parameter(std::string_view header, std::string_view name, std::string& value) {
  const std::string wanted = absl::StrCat("; ", View(name), "=");
  const size_t at = header.find(wanted);
  if (at == std::string_view::npos) return false;
  header.remove_prefix(at + wanted.size());
  const bool quoted = !header.empty() && header.front() == '"';
  if (quoted) header.remove_prefix(1);
  const size_t end = header.find(quoted ? '"' : ';');
  if (quoted && end == std::string_view::npos) return false;
  // As browsers escape what would end the value.
  value = absl::StrReplaceAll(View(header.substr(0, end)),
                              {{"%22", "\""}, {"%0D", "\r"}, {"%0A", "\n"}});
  return true;
}

// The header of a part that says what the part is, or "".
std::string_view Disposition(std::string_view head) {
  constexpr std::string_view kName = "content-disposition:";
  while (!head.empty()) {
    const size_t end = std::min(head.find(kLineEnd), head.size());
    const std::string_view line = head.substr(0, end);
    if (absl::StartsWithIgnoreCase(View(line), View(kName))) return line;
    head.remove_prefix(std::min(head.size(), end + kLineEnd.size()));
  }
  return "";
}

absl::Status AddPart(std::string_view part, FileForm& form) {
  const size_t end = part.find(kHeadEnd);
  if (end == std::string_view::npos) return Unreadable();
  const std::string_view disposition = Disposition(part.substr(0, end));
  std::string name;
  if (!Parameter(disposition, "name", name)) return Unreadable();
  std::string content(part.substr(end + kHeadEnd.size()));
  std::string filename;
  if (Parameter(disposition, "filename", filename)) {
    form.files.emplace(std::move(name), std::move(content));
    return absl::OkStatus();
  }
  if (!IsUtf8(name) || !IsUtf8(content)) return Unreadable();
  form.fields.emplace(std::move(name), std::move(content));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FileForm> ParseFileForm(const HttpRequest& request) {
  const std::string_view type = request.Header("Content-Type");
  std::string boundary;
  if (!absl::StartsWithIgnoreCase(View(type), "multipart/form-data") ||
      !Parameter(type, "boundary", boundary) || boundary.empty() ||
      boundary.size() > kMaxBoundary) {
    return Unreadable();
  }
  // Each part begins with the boundary on a line of its own; the line break before it is not the
  // part's.
  const std::string first = absl::StrCat("--", boundary);
  const std::string next = absl::StrCat("\r\n", first);
  std::string_view rest = request.body;
  if (!absl::StartsWith(View(rest), first)) return Unreadable();
  rest.remove_prefix(first.size());
  FileForm form;
  for (size_t parts = 0; !absl::StartsWith(View(rest), "--"); ++parts) {
    const size_t end = rest.find(next);
    if (parts == kMaxParts || end == std::string_view::npos ||
        !absl::StartsWith(View(rest), View(kLineEnd))) {
      return Unreadable();
    }
    RETURN_IF_ERROR(AddPart(rest.substr(kLineEnd.size(), end - kLineEnd.size()), form));
    rest.remove_prefix(end + next.size());
  }
  return form;
}

}  // namespace oshirase::gateway
