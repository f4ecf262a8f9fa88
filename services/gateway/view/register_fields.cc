#include "services/gateway/view/register_fields.h"

namespace oshirase::gateway {
namespace {

using Input = FieldView::Input;
using Form = RegisterForm;

constexpr FieldView kFields[] = {
    {"name", "施設の名前", "取組書とお知らせの画面に表示します", true, Input::kText, "text",
     "organization", "", "long", &Form::name, nullptr},
    {"kana", "ふりがな", "検索に使います", false, Input::kText, "text", "", "", "long", &Form::kana,
     nullptr},
    {"kind", "施設の種類", "", true, Input::kSelectKind, "", "", "", "medium", &Form::kind,
     nullptr},
    {"event_start_time", "イベントの開始日時",
     "施設の種類がイベントのときだけ入力してください。例：2020-12-01T10:00", false, Input::kText,
     "datetime-local", "", "", "medium", &Form::event_start_time, nullptr},
    {"event_end_time", "イベントの終了日時", "施設の種類がイベントのときだけ入力してください",
     false, Input::kText, "datetime-local", "", "", "medium", &Form::event_end_time, nullptr},
    {"postal_code", "郵便番号", "7桁の数字。例：231-8588", false, Input::kText, "text",
     "postal-code", "numeric", "short", &Form::postal_code, nullptr},
    {"address", "住所", "都道府県から、建物の名前と階まで", true, Input::kText, "text",
     "street-address", "", "long", &Form::address, nullptr},
    {"phone", "電話番号", "市外局番から。例：045-210-1111", false, Input::kText, "tel", "tel", "",
     "medium", &Form::phone, nullptr},
    {"email", "メールアドレス", "ご連絡に使います。公開しません", true, Input::kText, "email",
     "email", "", "long", &Form::email, nullptr},
    {"measures", "感染防止の対策", "1行に1つずつ、30行まで。例：入口に消毒液を置いています", false,
     Input::kTextArea, "", "", "", "long", &Form::measures, nullptr},
    {"listed", "施設を公開の一覧に載せる", "選ばなければ、一覧にも検索にも出ません", false,
     Input::kCheckbox, "", "", "", "", nullptr, &Form::listed},
    {"name_consent", "お知らせに施設の名前を入れることに同意する",
     "選ばなければ、利用者へのお知らせに施設の名前は出ません", false, Input::kCheckbox, "", "", "",
     "", nullptr, &Form::name_consent},
};

}  // namespace

std::span<const FieldView> RegisterFields() { return kFields; }

}  // namespace oshirase::gateway
