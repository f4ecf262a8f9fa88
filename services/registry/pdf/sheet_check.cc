#include "services/registry/pdf/sheet_check.h"

#include <utility>

#include "common/status/macros.h"
#include "services/registry/pdf/errors.h"

namespace oshirase::registry::pdf {
namespace {

// Makes texts printable in place, and keeps the first problem.
class Checker {
 public:
  explicit Checker(const CanDraw& can_draw) : can_draw_(can_draw) {}

  void Text(std::string& text, const TextLimit& limit) {
    if (!status_.ok()) return;
    auto printable = Printable(text, limit, can_draw_);
    if (printable.ok()) {
      text = *std::move(printable);
    } else {
      status_ = printable.status();
    }
  }

  // An address goes into a QR as it is: it is of this service's making, and plain.
  void Url(const std::string& url, const std::string& field) {
    if (!status_.ok()) return;
    if (url.size() > kMaxQrUrlBytes) status_ = TextTooLong(field);
    if (url.empty()) status_ = TextMissing(field);
    for (const char c : url) {
      if (c <= ' ' || c > '~') status_ = TextInvalid(field);
    }
  }

  void CheckIn(const CheckInCode& check_in) {
    Url(check_in.url, "check_in.url");
    Url(check_in.page_url, "check_in.page_url");
  }

  void Fail(const absl::Status& status) { status_.Update(status); }

  const absl::Status& status() const { return status_; }

 private:
  const CanDraw& can_draw_;
  absl::Status status_;
};

template <typename Sheet>
void CheckHead(Checker& checker, Sheet& sheet) {
  checker.Text(sheet.prefecture_name,
               {.field = "prefecture_name", .longest = kMaxNameLength, .required = true});
  checker.Text(sheet.venue_name,
               {.field = "venue_name", .longest = kMaxNameLength, .required = true});
  checker.Text(sheet.event_dates, {.field = "event_dates", .longest = kMaxNameLength});
  checker.Text(sheet.consultation, {.field = "consultation", .longest = kMaxNameLength});
  checker.CheckIn(sheet.check_in);
}

void CheckSheet(Checker& checker, CertificateSheet& sheet) {
  CheckHead(checker, sheet);
  checker.Text(sheet.venue_address, {.field = "venue_address", .longest = kMaxLineLength});
  checker.Text(sheet.industry_name, {.field = "industry_name", .longest = kMaxNameLength});
  checker.Url(sheet.verify_url, "verify_url");
  int measures = 0;
  for (MeasureGroup& group : sheet.groups) {
    if (group.lines.empty()) continue;
    checker.Text(group.name, {.field = "groups.name", .longest = kMaxNameLength});
    for (MeasureLine& line : group.lines) {
      if (++measures > kMaxMeasures) return checker.Fail(TextTooLong("groups"));
      checker.Text(line.text,
                   {.field = "groups.lines.text", .longest = kMaxLineLength, .required = true});
    }
  }
  if (measures == 0) checker.Fail(TextMissing("groups"));
}

}  // namespace

absl::StatusOr<Document> Checked(const Document& document, const CanDraw& can_draw) {
  Document checked = document;
  Checker checker(can_draw);
  std::visit(
      [&checker](auto& kind) {
        if constexpr (std::is_same_v<decltype(kind), Certificate&>) {
          CheckSheet(checker, kind.sheet);
        } else {
          CheckHead(checker, kind.sheet);
        }
      },
      checked);
  RETURN_IF_ERROR(checker.status());
  return checked;
}

}  // namespace oshirase::registry::pdf
