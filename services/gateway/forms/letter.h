// Letters that people leave for the prefecture's desk: a business's enquiry, and anybody's report
// of a false certificate or a tampered QR code. Free of pages.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "common/crypto/secret.h"
#include "services/gateway/backends/public_client.h"
#include "services/gateway/forms/form_body.h"
#include "services/gateway/forms/form_problem.h"

namespace oshirase::gateway {

enum class LetterKind { kEnquiry, kReport };

// What a letter asks for, one field.
struct LetterField {
  enum class Input { kChoice, kLine, kLines, kEmail };
  const char* name;
  Input input = Input::kLine;
  size_t max = 100;  // Characters as a reader counts them.
  bool required = false;
};

// The fields of a letter in the order of its page.
std::span<const LetterField> LetterFields(LetterKind kind);

// The choices of the field "what": what a report is about.
std::span<const char* const> ReportSubjects();

// What was typed, by field.
using Letter = std::map<std::string, std::string, std::less<>>;

// Takes a letter's fields from a form, without what nobody can see.
Letter ReadLetter(LetterKind kind, const FormBody& body);

// Everything wrong with a letter, in the order of its fields.
std::vector<FormProblem> CheckLetter(LetterKind kind, const Letter& letter);

// The problem to show for a field that the registry refuses, by its name there; "" when no field of
// the page is meant.
std::string LetterFieldOf(LetterKind kind, const std::string& registry_field);

// The id under which the registry keeps a letter: the same for the same letter from the same page,
// so that sending twice sends once; another after any change.
std::string LetterRequestId(const crypto::SecretKey& form_key, const std::string& page_id,
                            const Letter& letter);

Enquiry ToEnquiry(const Letter& letter, const std::string& request_id);
Report ToReport(const Letter& letter, const std::string& request_id);

}  // namespace oshirase::gateway
