#include "services/gateway/forms/register_form.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/time/japan_time.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/forms/venue_kinds.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kMaxName = 100;
constexpr size_t kMaxAddress = 200;
constexpr size_t kMaxPhone = 40;
constexpr size_t kMaxEmailBytes = 254;
constexpr size_t kMaxMeasures = 30;
constexpr size_t kMaxMeasure = 100;
constexpr absl::Duration kMaxEvent = absl::Hours(24 * 31);

std::string CleanLines(const std::string& text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(text, absl::ByAnyChar("\r\n"))) {
    std::string clean = CleanLine({line.data(), line.size()});
    if (!clean.empty()) lines.push_back(std::move(clean));
  }
  return absl::StrJoin(lines, "\n");
}

std::vector<std::string> Measures(const RegisterForm& form) {
  if (form.measures.empty()) return {};
  return absl::StrSplit(form.measures, '\n');
}

// Seven digits, or "" when it is no postal code.
std::string PostalCode(const std::string& typed) {
  std::string digits;
  for (const char c : FoldToAscii(typed)) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      digits.push_back(c);
    } else if (c != '-' && c != ' ') {
      return "";
    }
  }
  return digits.size() == 7 ? digits : "";
}

bool IsPhoneNumber(const std::string& typed) {
  const auto* util = i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  return util->Parse(FoldToAscii(typed), "JP", &number) ==
             i18n::phonenumbers::PhoneNumberUtil::NO_PARSING_ERROR &&
         util->IsPossibleNumber(number);
}

// Only what keeps a mail from being addressed at all; whether it arrives, a mail will tell.
bool IsEmail(const std::string& email) {
  const size_t at = email.rfind('@');
  if (at == std::string::npos || at == 0 || email.find('@') != at) return false;
  const std::string domain = email.substr(at + 1);
  const bool ascii = std::all_of(email.begin(), email.end(), [](char c) {
    return c > 0x20 && c < 0x7F && c != ',' && c != ';' && c != '<' && c != '>' && c != '"';
  });
  return ascii && domain.find('.') != std::string::npos && domain.front() != '.' &&
         domain.back() != '.';
}

class Checker {
 public:
  explicit Checker(const RegisterForm& form) : form_(form) {}

  std::vector<FormProblem> Check() {
    CheckName();
    if (KindLabel(form_.kind).empty()) Add("kind", "施設の種類を選んでください");
    CheckEvent();
    CheckPlace();
    CheckContact();
    CheckMeasures();
    return std::move(problems_);
  }

 private:
  void Add(const std::string& field, const std::string& message) {
    problems_.push_back({field, message});
  }

  // At most one problem of length.
  void CheckLength(const std::string& field, const std::string& value, size_t max,
                   const std::string& label) {
    if (CountCharacters(value) > max) {
      Add(field, absl::StrCat(label, "は", max, "文字以内で入力してください"));
    }
  }

  void CheckName() {
    if (form_.name.empty()) Add("name", "施設の名前を入力してください");
    CheckLength("name", form_.name, kMaxName, "施設の名前");
    if (!IsKana(form_.kana)) Add("kana", "ふりがなは、ひらがなかカタカナで入力してください");
    CheckLength("kana", form_.kana, kMaxName, "ふりがな");
  }

  void CheckEvent() {
    const bool event = form_.kind == "event";
    if (!event) {
      if (!form_.event_start_time.empty() || !form_.event_end_time.empty()) {
        Add("event_start_time", "開催期間は、施設の種類がイベントのときだけ入力してください");
      }
      return;
    }
    const auto start = ParseJapanTime(form_.event_start_time);
    const auto end = ParseJapanTime(form_.event_end_time);
    if (!start.ok()) Add("event_start_time", "イベントの開始日時を入力してください");
    if (!end.ok()) Add("event_end_time", "イベントの終了日時を入力してください");
    if (!start.ok() || !end.ok()) return;
    if (*end <= *start) {
      Add("event_end_time", "終了日時は、開始日時より後にしてください");
    } else if (*end - *start > kMaxEvent) {
      Add("event_end_time", "開催期間は31日以内にしてください。長いときは分けて登録してください");
    }
  }

  void CheckPlace() {
    if (!form_.postal_code.empty() && PostalCode(form_.postal_code).empty()) {
      Add("postal_code", "郵便番号は7桁の数字で入力してください。例：231-8588");
    }
    if (form_.address.empty()) Add("address", "住所を入力してください");
    CheckLength("address", form_.address, kMaxAddress, "住所");
  }

  void CheckContact() {
    if (form_.phone.size() > 4 * kMaxPhone || CountCharacters(form_.phone) > kMaxPhone ||
        (!form_.phone.empty() && !IsPhoneNumber(form_.phone))) {
      Add("phone", "電話番号は、市外局番から入力してください。例：045-210-1111");
    }
    if (form_.email.empty()) {
      Add("email", "メールアドレスを入力してください");
    } else if (form_.email.size() > kMaxEmailBytes || !IsEmail(form_.email)) {
      Add("email", "メールアドレスは、name@example.jp の形で入力してください");
    }
  }

  void CheckMeasures() {
    const auto measures = Measures(form_);
    if (measures.size() > kMaxMeasures) {
      Add("measures", absl::StrCat("対策は", kMaxMeasures, "行以内で入力してください"));
    }
    for (size_t i = 0; i < measures.size(); ++i) {
      if (CountCharacters(measures[i]) > kMaxMeasure) {
        Add("measures",
            absl::StrCat("対策の", i + 1, "行目は", kMaxMeasure, "文字以内で入力してください"));
        return;
      }
    }
  }

  const RegisterForm& form_;
  std::vector<FormProblem> problems_;
};

}  // namespace

RegisterForm ReadRegisterForm(const FormBody& body) {
  const auto line = [&body](std::string_view name) { return CleanLine(FieldOf(body, name)); };
  return {.name = line("name"),
          .kana = line("kana"),
          .kind = line("kind"),
          .postal_code = line("postal_code"),
          .address = line("address"),
          .phone = line("phone"),
          .email = line("email"),
          .measures = CleanLines(FieldOf(body, "measures")),
          .event_start_time = line("event_start_time"),
          .event_end_time = line("event_end_time"),
          .listed = FieldOf(body, "listed") == "yes",
          .name_consent = FieldOf(body, "name_consent") == "yes"};
}

std::vector<FormProblem> CheckRegisterForm(const RegisterForm& form) {
  return Checker(form).Check();
}

VenueDetails ToVenueDetails(const RegisterForm& form) {
  VenueDetails details = {.name = form.name,
                          .kana = form.kana,
                          .kind = form.kind,
                          .postal_code = PostalCode(form.postal_code),
                          .address = form.address,
                          .phone = FoldToAscii(form.phone),
                          .email = form.email,
                          .measures = Measures(form),
                          .event_start = {},
                          .event_end = {},
                          .name_consent = form.name_consent,
                          .listed = form.listed};
  if (form.kind == "event") {
    if (const auto start = ParseJapanTime(form.event_start_time); start.ok()) {
      details.event_start = *start;
    }
    if (const auto end = ParseJapanTime(form.event_end_time); end.ok()) details.event_end = *end;
  }
  return details;
}

FormProblem RefusedField(const std::string& field) {
  return {field, "この内容では登録できません。見直してください"};
}

}  // namespace oshirase::gateway
