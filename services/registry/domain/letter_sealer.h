// Makes a letter into what the outbox keeps, and back. The key is the one of the Japan day on which
// the letter was made, and that key ends a few days later: what a backup of the database still
// holds of links and addresses cannot be read then.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/keyring/day_keys.h"
#include "common/time/clock.h"
#include "services/registry/domain/letter.h"
#include "services/registry/domain/mail_outbox.h"

namespace oshirase::registry {

// The purpose of the day keys; see common/keyring/key_name.h.
inline constexpr char kMailKey[] = "mail";

// After this a mail is given up.
inline constexpr absl::Duration kMailLifetime = absl::Hours(72);

// The key of a day lives until the day so many days later is over: as long as a mail of that day
// can be in the queue. For keyring::DayKeyLife.
inline constexpr int kMailKeyDays = 3;

// Thread-safe.
class LetterSealer {
 public:
  // `keys` are those of kMailKey, and must outlive it.
  LetterSealer(keyring::DayKeys& keys, Clock clock);

  // A mail for the outbox with a fresh id: to be called before the transaction, as it may have to
  // make today's key. Returns as CheckLetter does; DATA_LOSS, reason KEY_LOST, when today's key is
  // lost; UNAVAILABLE when the keyring or its book cannot be reached.
  absl::StatusOr<OutboxMail> Seal(const Letter& letter) const;

  // The letter in a mail. Returns FAILED_PRECONDITION, reason KEY_DESTROYED, when its day is over;
  // DATA_LOSS, reasons KEY_LOST, SEAL_DOES_NOT_OPEN and LETTER_UNREADABLE, when it cannot be opened
  // for good; UNAVAILABLE as above.
  absl::StatusOr<Letter> Open(const OutboxMail& mail) const;

 private:
  keyring::DayKeys& keys_;
  const Clock clock_;
};

}  // namespace oshirase::registry
