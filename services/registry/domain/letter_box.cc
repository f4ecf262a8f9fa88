#include "services/registry/domain/letter_box.h"

#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/public_number.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr char kOpen[] = "open";
constexpr char kClosed[] = "closed";

// A token is the kind, whether the last letter shown is closed, its time and its number.
std::string TokenOf(const DeskLetter& letter) {
  return absl::StrCat(NameOf(letter.kind), ".", letter.close_time.has_value() ? kClosed : kOpen,
                      ".", absl::ToUnixMicros(letter.create_time), ".", letter.number);
}

absl::StatusOr<std::optional<LetterCursor>> CursorOf(const LetterListRequest& request) {
  if (request.page_token.empty()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(request.page_token, '.');
  int64_t micros = 0;
  if (parts.size() != 4 || parts[0] != NameOf(request.kind) ||
      (parts[1] != kOpen && parts[1] != kClosed) || !absl::SimpleAtoi(parts[2], &micros) ||
      !ids::ParsePublicNumber(parts[3]).ok()) {
    return PageTokenInvalid();
  }
  const LetterCursor cursor{.closed = parts[1] == kClosed,
                            .create_time = absl::FromUnixMicros(micros),
                            .number = parts[3]};
  if (cursor.closed && !request.include_closed) return PageTokenInvalid();
  return cursor;
}

}  // namespace

absl::StatusOr<std::string> LetterBox::Submit(const std::string& request_id, DeskLetter letter,
                                              FieldViolations& violations) {
  violations = CheckLetterText(letter);
  const bool is_enquiry = letter.kind == LetterKind::kEnquiry;
  if (!violations.empty()) return is_enquiry ? EnquiryInvalid() : ReportInvalid();
  const absl::Time now = clock_();
  letter.number = ids::NewPublicNumber().value;
  letter.create_time = now;
  NewDeskLetter kept{.request_id = request_id, .letter = letter, .acknowledgement = std::nullopt};
  if (is_enquiry) {
    kept.acknowledgement =
        Acknowledgement{.mail = {.to = letter.email,
                                 .content = EnquiryReceivedMail{.enquiry_number = letter.number,
                                                                .receive_time = now}},
                        .limit = {.max = kMailsPerHour, .since = now - absl::Hours(1)}};
  }
  return store_.Keep(kept);
}

absl::StatusOr<LetterPage> LetterBox::List(const LetterListRequest& request) {
  LetterQuery query{.kind = request.kind,
                    .include_closed = request.include_closed,
                    .after = std::nullopt,
                    .limit = request.page_size};
  ASSIGN_OR_RETURN(query.after, CursorOf(request));
  ASSIGN_OR_RETURN(auto list,
                   store_.List(query, {.actor = request.actor,
                                       .action = "letters.listed",
                                       .subject = "",
                                       .facts = {{"kind", std::string(NameOf(request.kind))},
                                                 {"include_closed", request.include_closed}}}));
  LetterPage page{.letters = std::move(list.letters), .next_page_token = ""};
  if (list.more) page.next_page_token = TokenOf(page.letters.back());
  return page;
}

absl::StatusOr<DeskLetter> LetterBox::Close(const CloseLetterRequest& request) {
  const auto number = ids::ParsePublicNumber(request.number);
  if (!number.ok()) return LetterNotFound();
  ASSIGN_OR_RETURN(const auto letter, store_.Find(number->value));
  if (!letter.has_value()) return LetterNotFound();
  LetterClosing closing{.number = number->value,
                        .answer = request.answer,
                        .closed_by = request.actor,
                        .now = clock_(),
                        .note = {.actor = request.actor,
                                 .action = "letter.closed",
                                 .subject = number->value,
                                 .facts = {{"kind", std::string(NameOf(letter->kind))}}},
                        .mails = {}};
  if (letter->kind == LetterKind::kEnquiry) {
    closing.mails = {{.to = letter->email,
                      .content = EnquiryAnsweredMail{.enquiry_number = letter->number,
                                                     .answer = request.answer}}};
  }
  return store_.Close(closing);
}

}  // namespace oshirase::registry
