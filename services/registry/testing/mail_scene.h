// Everything between a letter and the mail server, in memory, at a time that tests set.
#pragma once

#include <atomic>
#include <string>

#include "common/keyring/day_keys.h"
#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "services/registry/domain/letter_sealer.h"
#include "services/registry/domain/letters.h"
#include "services/registry/domain/mail_sender.h"
#include "services/registry/testing/fake_mail_outbox.h"
#include "services/registry/testing/fake_mail_parts.h"

namespace oshirase::registry {

inline CertificateFacts ExampleCertificateFacts() {
  return {.venue_name = "髙﨑屋 𠮷田店",
          .certificate_number = "AB12-CD34-EF56-G",
          .version = 2,
          .issue_time = absl::FromUnixSeconds(1'607'580'000),
          .documents_url = "https://oshirase.example.jp/d/abc",
          .code_url = "https://oshirase.example.jp/c/abc",
          .upkeep_url = "https://oshirase.example.jp/upkeep"};
}

struct MailScene {
  std::atomic<int64_t> seconds = 1'607'580'000;  // 2020-12-10 15:00 in Japan
  Clock clock = [this] { return absl::FromUnixSeconds(seconds); };
  keyring::FakeKeyStore key_store;
  keyring::FakeKeyBook key_book;
  keyring::Keyring ring{key_store, key_book, clock};
  keyring::DayKeys keys{ring, kMailKey};
  LetterSealer sealer{keys, clock};
  FakeMailTexts texts;
  FakeAttachmentSource documents;
  FakeMailer mailer;
  FakeMailObserver observer;
  FakeMailOutbox outbox;
  MailSender sender{{.sealer = sealer,
                     .texts = texts,
                     .documents = documents,
                     .mailer = mailer,
                     .observer = observer,
                     .clock = clock,
                     .random = [] { return 0.0; }}};

  static Letter Certificate() {
    return CertificateIssuedLetter("owner@example.jp", ExampleCertificateFacts());
  }
  Letter Link() const {
    return UpkeepLinkLetter("owner@example.jp",
                            {.upkeep_link_url = "https://oshirase.example.jp/u/secret",
                             .valid_until = clock() + absl::Minutes(30)});
  }

  OutboxMail Put(const Letter& letter) {
    auto mail = sealer.Seal(letter).value();
    outbox.Enqueue(mail).IgnoreError();
    return mail;
  }

  ClaimedMail Claim() {
    return outbox.Claim({.now = clock(), .lease = absl::Minutes(5), .limit = 1}).value().at(0);
  }

  void Advance(absl::Duration duration) { seconds += absl::ToInt64Seconds(duration); }
};

}  // namespace oshirase::registry
