#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/testing/desk_contracts.h"
#include "services/registry/testing/example_business.h"

namespace oshirase::registry {
namespace {

using Numbers = std::vector<std::string>;

DeskLetter ExampleEnquiry(absl::Time create_time = kExampleNow) {
  return {.number = ids::NewPublicNumber().value,
          .kind = LetterKind::kEnquiry,
          .create_time = create_time,
          .email = "poem@example.com",
          .name = "詩 織",
          .subject = "QRコード",
          .report_subject = std::nullopt,
          .certificate_number = "",
          .place = "",
          .text = "印刷できません。\nどうすればよいですか。"};
}

DeskLetter ExampleReport(absl::Time create_time = kExampleNow) {
  return {.number = ids::NewPublicNumber().value,
          .kind = LetterKind::kReport,
          .create_time = create_time,
          .email = "",
          .name = "",
          .subject = "",
          .report_subject = ReportSubject::kTamperedQr,
          .certificate_number = "３F7K-…",
          .place = "駅前の店",
          .text = "上から貼ってあります。"};
}

NewDeskLetter AsNew(const DeskLetter& letter, const std::string& request_id = ids::NewUuid()) {
  NewDeskLetter kept{.request_id = request_id, .letter = letter, .acknowledgement = std::nullopt};
  if (letter.kind == LetterKind::kEnquiry) {
    kept.acknowledgement = Acknowledgement{
        .mail = {.to = letter.email,
                 .content = EnquiryReceivedMail{.enquiry_number = letter.number,
                                                .receive_time = letter.create_time}},
        .limit = ExampleLimit()};
  }
  return kept;
}

LetterClosing ClosingOf(const DeskLetter& letter, const std::string& answer) {
  return {.number = letter.number,
          .answer = answer,
          .closed_by = "officer/desk-a",
          .now = kExampleNow + absl::Hours(3),
          .note = {.actor = "officer/desk-a",
                   .action = "letter.closed",
                   .subject = letter.number,
                   .facts = {}},
          .mails = {}};
}

Numbers NumbersOf(const LetterList& list) {
  Numbers numbers;
  for (const auto& letter : list.letters) numbers.push_back(letter.number);
  return numbers;
}

LetterList ListOf(LetterStore& letters, const LetterQuery& query) {
  const auto list = letters.List(query, ExampleNote("letters.listed"));
  REQUIRE(list.ok());
  return *list;
}

// Kept, one after the other, an hour apart.
std::vector<DeskLetter> KeepReports(LetterStore& letters, int count) {
  std::vector<DeskLetter> kept;
  for (int i = 0; i < count; ++i) {
    kept.push_back(ExampleReport(kExampleNow + absl::Hours(i)));
    REQUIRE(letters.Keep(AsNew(kept.back())).ok());
  }
  return kept;
}

void KeepsLetters(DeskStores& stores) {
  for (const auto& letter : {ExampleEnquiry(), ExampleReport()}) {
    const auto number = stores.letters.Keep(AsNew(letter));
    REQUIRE(number.ok());
    CHECK(*number == letter.number);
    const auto found = stores.letters.Find(letter.number);
    REQUIRE(found.ok());
    REQUIRE(found->has_value());
    CHECK(**found == letter);
  }
  CHECK_FALSE(stores.letters.Find(ids::NewPublicNumber().value)->has_value());
  CHECK(stores.audit.List(0, 10)->empty());
}

void RepeatedLetter(DeskStores& stores) {
  const std::string request_id = ids::NewUuid();
  const DeskLetter first = ExampleEnquiry();
  const DeskLetter second = ExampleEnquiry();
  REQUIRE(stores.letters.Keep(AsNew(first, request_id)).ok());

  CHECK(*stores.letters.Keep(AsNew(second, request_id)) == first.number);
  CHECK_FALSE(stores.letters.Find(second.number)->has_value());
  CHECK(ReasonOf(stores.letters.Keep(AsNew(ExampleReport(), request_id)).status()) ==
        "REQUEST_ID_REUSED");
  const auto taken = stores.letters.Keep(AsNew(first));
  CHECK(absl::IsAlreadyExists(taken.status()));
  CHECK(ReasonOf(taken.status()).empty());
}

void CountsAcknowledgements(DeskStores& stores) {
  for (int i = 0; i < 3; ++i) REQUIRE(stores.letters.Keep(AsNew(ExampleEnquiry())).ok());
  for (int i = 0; i < 2; ++i)
    REQUIRE(stores.businesses.KeepUpkeepLink(ExampleLink().AsNew(), ExampleLimit()).ok());
  DeskLetter shouted = ExampleEnquiry();
  shouted.email = "POEM@example.com";

  CHECK(ReasonOf(stores.letters.Keep(AsNew(shouted)).status()) == "TOO_MANY_MAILS");
  CHECK_FALSE(stores.letters.Find(shouted.number)->has_value());
  CHECK(ReasonOf(stores.businesses.KeepUpkeepLink(ExampleLink().AsNew(), ExampleLimit())) ==
        "TOO_MANY_MAILS");
  CHECK(stores.letters.Keep(AsNew(ExampleReport())).ok());
}

void ListsOldestOpenFirst(DeskStores& stores) {
  const auto kept = KeepReports(stores.letters, 4);
  REQUIRE(stores.letters.Keep(AsNew(ExampleEnquiry())).ok());
  REQUIRE(stores.letters.Close(ClosingOf(kept[0], "見に行った")).ok());
  REQUIRE(stores.letters.Close(ClosingOf(kept[2], "見に行った")).ok());

  const auto open = ListOf(stores.letters, {.kind = LetterKind::kReport, .limit = 10});
  CHECK(NumbersOf(open) == Numbers{kept[1].number, kept[3].number});
  CHECK_FALSE(open.more);
  LetterQuery all{.kind = LetterKind::kReport, .include_closed = true, .limit = 3};
  const auto first = ListOf(stores.letters, all);
  CHECK(NumbersOf(first) == Numbers{kept[1].number, kept[3].number, kept[2].number});
  CHECK(first.more);
  all.after =
      LetterCursor{.closed = true, .create_time = kept[2].create_time, .number = kept[2].number};
  const auto rest = ListOf(stores.letters, all);
  CHECK(NumbersOf(rest) == Numbers{kept[0].number});
  CHECK_FALSE(rest.more);
  all.after =
      LetterCursor{.closed = false, .create_time = kept[1].create_time, .number = kept[1].number};
  CHECK(NumbersOf(ListOf(stores.letters, all)) ==
        Numbers{kept[3].number, kept[2].number, kept[0].number});
}

void LooksAreAudited(DeskStores& stores) {
  ListOf(stores.letters, {.kind = LetterKind::kReport, .limit = 10});

  const auto entries = stores.audit.List(0, 10);
  REQUIRE(entries->size() == 1);
  CHECK((*entries)[0].action == "letters.listed");
}

void ClosesOnce(DeskStores& stores) {
  const DeskLetter letter = ExampleEnquiry();
  REQUIRE(stores.letters.Keep(AsNew(letter)).ok());
  const LetterClosing closing = ClosingOf(letter, "二枚目のページにあります。");

  const auto closed = stores.letters.Close(closing);

  REQUIRE(closed.ok());
  CHECK(closed->close_time == closing.now);
  CHECK(closed->closed_by == "officer/desk-a");
  CHECK(closed->answer == closing.answer);
  CHECK(closed->text == letter.text);
  CHECK(*stores.letters.Find(letter.number) == *closed);
  LetterClosing later = closing;
  later.now += absl::Hours(1);
  later.closed_by = "officer/desk-b";
  CHECK(*stores.letters.Close(later) == *closed);
  CHECK(ReasonOf(stores.letters.Close(ClosingOf(letter, "別の答え")).status()) == "LETTER_CLOSED");
  CHECK(ReasonOf(stores.letters.Close(ClosingOf(ExampleReport(), "何の")).status()) ==
        "LETTER_NOT_FOUND");
  CHECK(stores.audit.List(0, 10)->size() == 2);
}

}  // namespace

const Contract<DeskStores>& LetterStoreContract() {
  static const Contract<DeskStores> cases = {
      {"a letter is kept as it came", KeepsLetters},
      {"a repeated letter is the first one", RepeatedLetter},
      {"an acknowledgement counts among the mails to its mailbox", CountsAcknowledgements},
      {"open letters come first, oldest first; closed ones after them, newest first",
       ListsOldestOpenFirst},
      {"a look at the letters is audited", LooksAreAudited},
      {"a letter is closed once, with one answer", ClosesOnce},
  };
  return cases;
}

}  // namespace oshirase::registry
