#include "services/gateway/forms/letter.h"

#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/gateway/forms/derived_id.h"
#include "services/gateway/forms/json_text.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

using Input = LetterField::Input;

constexpr size_t kMaxText = 2000;

// "reply_email" and not "email": that field of the registration has another hint.
constexpr LetterField kEnquiryFields[] = {
    {.name = "sender", .required = true},
    {.name = "reply_email", .input = Input::kEmail, .required = true},
    {.name = "subject", .required = true},
    {.name = "question", .input = Input::kLines, .max = kMaxText, .required = true},
};
constexpr LetterField kReportFields[] = {
    {.name = "what", .input = Input::kChoice, .required = true},
    {.name = "certificate_number", .max = 64},
    {.name = "place", .max = 200},
    {.name = "seen", .input = Input::kLines, .max = kMaxText, .required = true},
    {.name = "reply_email", .input = Input::kEmail},
};

constexpr const char* kSubjects[] = {"false_certificate", "tampered_qr", "measures_not_taken"};
constexpr Report::Subject kSubjectValues[] = {Report::Subject::kFalseCertificate,
                                              Report::Subject::kTamperedQr,
                                              Report::Subject::kMeasuresNotTaken};
static_assert(std::size(kSubjects) == std::size(kSubjectValues));

// The names of the registry's fields where ours differ.
struct RegistryName {
  LetterKind kind;
  const char* registry;
  const char* ours;
};
constexpr RegistryName kRegistryNames[] = {
    {LetterKind::kEnquiry, "name", "sender"},      {LetterKind::kEnquiry, "email", "reply_email"},
    {LetterKind::kEnquiry, "text", "question"},    {LetterKind::kReport, "subject", "what"},
    {LetterKind::kReport, "email", "reply_email"}, {LetterKind::kReport, "text", "seen"},
};

const std::string& ValueOf(const Letter& letter, const char* field) {
  static const std::string empty;
  const auto found = letter.find(field);
  return found == letter.end() ? empty : found->second;
}

// Lines as typed, each cleaned; an empty one parts paragraphs.
std::string CleanLines(const std::string& text) {
  std::string result;
  bool gap = false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::string clean = CleanLine({line.data(), line.size()});
    gap = gap || clean.empty();
    if (clean.empty()) continue;
    if (!result.empty()) result += gap ? "\n\n" : "\n";
    result += clean;
    gap = false;
  }
  return result;
}

void Add(std::vector<FormProblem>& problems, const LetterField& field, const char* what,
         WordValues values = {}) {
  problems.push_back(
      {field.name, absl::StrCat("field.", field.name, "_", what), std::move(values)});
}

bool IsSubject(const std::string& what) {
  for (const char* subject : kSubjects) {
    if (what == subject) return true;
  }
  return false;
}

}  // namespace

std::span<const LetterField> LetterFields(LetterKind kind) {
  if (kind == LetterKind::kEnquiry) return kEnquiryFields;
  return kReportFields;
}

std::span<const char* const> ReportSubjects() { return kSubjects; }

Letter ReadLetter(LetterKind kind, const FormBody& body) {
  Letter letter;
  for (const LetterField& field : LetterFields(kind)) {
    const std::string typed = FieldOf(body, field.name);
    letter[field.name] = field.input == Input::kLines ? CleanLines(typed) : CleanLine(typed);
  }
  return letter;
}

std::vector<FormProblem> CheckLetter(LetterKind kind, const Letter& letter) {
  std::vector<FormProblem> problems;
  for (const LetterField& field : LetterFields(kind)) {
    const std::string& value = ValueOf(letter, field.name);
    // Somebody who has the number need not say where.
    const bool needed = field.required || (std::string_view(field.name) == "place" &&
                                           ValueOf(letter, "certificate_number").empty());
    if (value.empty()) {
      if (needed) Add(problems, field, "missing");
    } else if (field.input == Input::kChoice) {
      if (!IsSubject(value)) Add(problems, field, "missing");
    } else if (field.input == Input::kEmail) {
      if (!CheckEmail(value).empty()) Add(problems, field, "wrong");
    } else if (CountCharacters(value) > field.max) {
      Add(problems, field, "long", {{"max", absl::StrCat(field.max)}});
    }
  }
  return problems;
}

std::string LetterFieldOf(LetterKind kind, const std::string& registry_field) {
  std::string name = registry_field;
  for (const RegistryName& known : kRegistryNames) {
    if (known.kind == kind && registry_field == known.registry) name = known.ours;
  }
  for (const LetterField& field : LetterFields(kind)) {
    if (name == field.name) return name;
  }
  return "";
}

std::string LetterRequestId(const crypto::SecretKey& form_key, const std::string& page_id,
                            const Letter& letter) {
  // The page's random id is inside, so that equal letters of two people differ.
  return IdOf(form_key, "oshirase letter 1", DumpJson({{"page_id", page_id}, {"letter", letter}}));
}

Enquiry ToEnquiry(const Letter& letter, const std::string& request_id) {
  return {.request_id = request_id,
          .email = ValueOf(letter, "reply_email"),
          .name = ValueOf(letter, "sender"),
          .subject = ValueOf(letter, "subject"),
          .text = ValueOf(letter, "question")};
}

Report ToReport(const Letter& letter, const std::string& request_id) {
  Report report = {.request_id = request_id,
                   .certificate_number = ValueOf(letter, "certificate_number"),
                   .place = ValueOf(letter, "place"),
                   .text = ValueOf(letter, "seen"),
                   .email = ValueOf(letter, "reply_email")};
  for (size_t i = 0; i < std::size(kSubjects); ++i) {
    if (ValueOf(letter, "what") == kSubjects[i]) report.subject = kSubjectValues[i];
  }
  return report;
}

}  // namespace oshirase::gateway
