// Letters to the register desk: businesses' enquiries, and reports by anybody. What stands in them
// is personal; only their numbers and kinds may be logged or audited.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "services/registry/domain/field_violation.h"

namespace oshirase::registry {

enum class LetterKind {
  kEnquiry,  // a business's question, answered by mail
  kReport,   // somebody's word about a certificate or a QR code
};

// "enquiry" or "report": the spelling in the database and in audit entries.
const char* NameOf(LetterKind kind);
std::optional<LetterKind> LetterKindOf(const std::string& name);

enum class ReportSubject {
  kFalseCertificate,
  kTamperedQr,
  kMeasuresNotTaken,
};

// "false-certificate", "tampered-qr" or "measures-not-taken": the spelling in the database.
const char* NameOf(ReportSubject subject);
std::optional<ReportSubject> ReportSubjectOf(const std::string& name);

struct DeskLetter {
  std::string number;  // canonical, see common/ids/public_number.h
  LetterKind kind = LetterKind::kEnquiry;
  absl::Time create_time;
  std::string email;  // where to answer; a report's may be empty
  // Of an enquiry.
  std::string name;
  std::string subject;
  // Of a report.
  std::optional<ReportSubject> report_subject;
  std::string certificate_number;  // as typed, or empty
  std::string place;               // or empty
  std::string text;                // lines end in "\n"
  // Of a closed one.
  std::optional<absl::Time> close_time;
  std::string closed_by;  // "officer/<id>"
  std::string answer;     // that was mailed, or what was done

  friend bool operator==(const DeskLetter&, const DeskLetter&) = default;
};

inline constexpr size_t kMaxLetterNameCharacters = 100;
inline constexpr size_t kMaxLetterSubjectCharacters = 100;
inline constexpr size_t kMaxLetterTextCharacters = 2000;
inline constexpr size_t kMaxTypedNumberCharacters = 64;
inline constexpr size_t kMaxLetterPlaceCharacters = 200;

// Trims what was typed, makes its lines end in "\n", and returns what is wrong with it, as
// CheckVenueDetails() does. The fields are named email, name, subject, text, certificate_number
// and place.
FieldViolations CheckLetterText(DeskLetter& letter);

// Likewise of the desk's answer, in the field `answer`.
FieldViolations CheckAnswer(std::string& answer);

}  // namespace oshirase::registry
