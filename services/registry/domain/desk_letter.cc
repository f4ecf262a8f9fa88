#include "services/registry/domain/desk_letter.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/registry/domain/letter.h"
#include "services/registry/domain/mail.h"
#include "services/registry/domain/text.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

constexpr LetterKind kKinds[] = {LetterKind::kEnquiry, LetterKind::kReport};
constexpr ReportSubject kSubjects[] = {ReportSubject::kFalseCertificate, ReportSubject::kTamperedQr,
                                       ReportSubject::kMeasuresNotTaken};

void Append(FieldViolations& violations, FieldViolations more) {
  violations.insert(violations.end(), more.begin(), more.end());
}

// Text of several lines, as a form's text area sends it.
FieldViolations CheckLines(const std::string& field, std::string& text, size_t max_characters) {
  text = absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\r", "\n"}, {"\t", " "}});
  if (IsUtf8(text)) text = Trimmed(text);
  std::string one_line = text;
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  return CheckText(field, one_line, max_characters);
}

// An address that mail can be sent to.
FieldViolations CheckReplyAddress(std::string& email) {
  FieldViolations violations = CheckEmail("email", email);
  if (violations.empty() && !CheckMailAddress(email).ok()) {
    violations.push_back(
        {.field = "email", .reason = "BAD_EMAIL", .description = "must be an e-mail address"});
  }
  return violations;
}

FieldViolations CheckEnquiry(DeskLetter& letter) {
  FieldViolations violations = CheckReplyAddress(letter.email);
  Append(violations, CheckText("name", letter.name, kMaxLetterNameCharacters));
  Append(violations, CheckText("subject", letter.subject, kMaxLetterSubjectCharacters));
  return violations;
}

FieldViolations CheckReport(DeskLetter& letter) {
  FieldViolations violations;
  if (!letter.report_subject.has_value()) {
    violations.push_back(
        {.field = "subject", .reason = "REQUIRED", .description = "must be a subject"});
  }
  Append(violations, CheckOptionalText("certificate_number", letter.certificate_number,
                                       kMaxTypedNumberCharacters));
  // Without either the desk would not know where to look.
  Append(violations, letter.certificate_number.empty()
                         ? CheckText("place", letter.place, kMaxLetterPlaceCharacters)
                         : CheckOptionalText("place", letter.place, kMaxLetterPlaceCharacters));
  if (IsUtf8(letter.email) && Trimmed(letter.email).empty()) {
    letter.email.clear();
  } else {
    Append(violations, CheckReplyAddress(letter.email));
  }
  return violations;
}

}  // namespace

const char* NameOf(LetterKind kind) { return kind == LetterKind::kEnquiry ? "enquiry" : "report"; }

std::optional<LetterKind> LetterKindOf(const std::string& name) {
  for (const auto kind : kKinds) {
    if (name == NameOf(kind)) return kind;
  }
  return std::nullopt;
}

const char* NameOf(ReportSubject subject) {
  switch (subject) {
    case ReportSubject::kFalseCertificate:
      return "false-certificate";
    case ReportSubject::kTamperedQr:
      return "tampered-qr";
    case ReportSubject::kMeasuresNotTaken:
      return "measures-not-taken";
  }
  return "";
}

std::optional<ReportSubject> ReportSubjectOf(const std::string& name) {
  for (const auto subject : kSubjects) {
    if (name == NameOf(subject)) return subject;
  }
  return std::nullopt;
}

FieldViolations CheckLetterText(DeskLetter& letter) {
  FieldViolations violations =
      letter.kind == LetterKind::kEnquiry ? CheckEnquiry(letter) : CheckReport(letter);
  Append(violations, CheckLines("text", letter.text, kMaxLetterTextCharacters));
  return violations;
}

FieldViolations CheckAnswer(std::string& answer) {
  FieldViolations violations = CheckLines("answer", answer, kMaxLetterTextCharacters);
  if (violations.empty() && answer.size() > kMaxLetterTextBytes) {
    violations.push_back(
        {.field = "answer",
         .reason = "TOO_LONG",
         .description = absl::StrCat("must be at most ", kMaxLetterTextBytes, " bytes")});
  }
  return violations;
}

}  // namespace oshirase::registry
