#include "services/registry/testing/fake_letter_store.h"

#include <algorithm>
#include <tuple>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

// The open ones, oldest first; then the closed ones, newest first.
bool ComesBefore(const DeskLetter& a, const DeskLetter& b) {
  const bool closed = a.close_time.has_value();
  if (closed != b.close_time.has_value()) return !closed;
  const bool older = std::tie(a.create_time, a.number) < std::tie(b.create_time, b.number);
  const bool newer = std::tie(b.create_time, b.number) < std::tie(a.create_time, a.number);
  return closed ? newer : older;
}

DeskLetter LetterAt(const LetterCursor& cursor) {
  DeskLetter letter;
  letter.number = cursor.number;
  letter.create_time = cursor.create_time;
  if (cursor.closed) letter.close_time = cursor.create_time;
  return letter;
}

}  // namespace

absl::StatusOr<std::string> FakeLetterStore::Keep(const NewDeskLetter& letter) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto earlier = numbers_.find(letter.request_id);
  if (earlier != numbers_.end()) {
    if (letters_.at(earlier->second).kind != letter.letter.kind) return RequestIdReused();
    return earlier->second;
  }
  if (letters_.contains(letter.letter.number))
    return absl::AlreadyExistsError("the letter's number is taken");
  if (letter.acknowledgement.has_value()) {
    RETURN_IF_ERROR(register_.CountMail(letter.acknowledgement->mail.to, letter.letter.create_time,
                                        letter.acknowledgement->limit));
    register_.Queue({letter.acknowledgement->mail});
  }
  letters_[letter.letter.number] = letter.letter;
  numbers_[letter.request_id] = letter.letter.number;
  return letter.letter.number;
}

absl::StatusOr<LetterList> FakeLetterStore::List(const LetterQuery& query, const AuditNote& note) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  LetterList list;
  for (const auto& [number, letter] : letters_) {
    if (letter.kind != query.kind || (letter.close_time.has_value() && !query.include_closed) ||
        (query.after.has_value() && !ComesBefore(LetterAt(*query.after), letter))) {
      continue;
    }
    list.letters.push_back(letter);
  }
  std::sort(list.letters.begin(), list.letters.end(), ComesBefore);
  list.more = list.letters.size() > static_cast<size_t>(query.limit);
  if (list.more) list.letters.resize(static_cast<size_t>(query.limit));
  std::vector<std::string> numbers;
  for (const auto& letter : list.letters) numbers.push_back(letter.number);
  AuditNote shown = note;
  shown.facts.push_back({"shown", std::move(numbers)});
  register_.audit.Note(shown);
  return list;
}

absl::StatusOr<std::optional<DeskLetter>> FakeLetterStore::Find(const std::string& number) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = letters_.find(number);
  if (found == letters_.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<DeskLetter> FakeLetterStore::Close(const LetterClosing& closing) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = letters_.find(closing.number);
  if (found == letters_.end()) return LetterNotFound();
  DeskLetter& letter = found->second;
  AuditNote note = closing.note;
  if (letter.close_time.has_value()) {
    if (letter.answer != closing.answer) return LetterClosed();
    note.facts.push_back({"repeated", true});
  } else {
    letter.close_time = closing.now;
    letter.closed_by = closing.closed_by;
    letter.answer = closing.answer;
    register_.Queue(closing.mails);
  }
  register_.audit.Note(note);
  return letter;
}

}  // namespace oshirase::registry
