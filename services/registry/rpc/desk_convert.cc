#include "services/registry/rpc/desk_convert.h"

#include "services/registry/rpc/convert.h"
#include "services/registry/rpc/public_convert.h"

namespace oshirase::registry {

void ToProto(const DeskLetter& letter, v1::Letter* proto) {
  proto->set_letter_number(letter.number);
  proto->set_kind(letter.kind == LetterKind::kEnquiry ? v1::LETTER_KIND_ENQUIRY
                                                      : v1::LETTER_KIND_REPORT);
  ToProto(letter.create_time, proto->mutable_create_time());
  proto->set_email(letter.email);
  proto->set_name(letter.name);
  proto->set_subject(letter.subject);
  if (letter.report_subject.has_value()) proto->set_report_subject(ToProto(*letter.report_subject));
  proto->set_certificate_number(letter.certificate_number);
  proto->set_place(letter.place);
  proto->set_text(letter.text);
  if (letter.close_time.has_value()) ToProto(*letter.close_time, proto->mutable_close_time());
  proto->set_closed_by(letter.closed_by);
  proto->set_answer(letter.answer);
}

void ToProto(const ApiKeyRecord& key, v1::ApiKey* proto) {
  proto->set_api_key_id(key.id);
  proto->set_email(key.email);
  proto->set_label(key.label);
  ToProto(key.create_time, proto->mutable_create_time());
  if (key.revoke_time.has_value()) ToProto(*key.revoke_time, proto->mutable_revoke_time());
}

std::optional<LetterKind> FromProto(v1::LetterKind kind) {
  switch (kind) {
    case v1::LETTER_KIND_ENQUIRY:
      return LetterKind::kEnquiry;
    case v1::LETTER_KIND_REPORT:
      return LetterKind::kReport;
    default:
      return std::nullopt;
  }
}

}  // namespace oshirase::registry
