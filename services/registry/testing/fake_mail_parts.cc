#include "services/registry/testing/fake_mail_parts.h"

#include "absl/strings/str_cat.h"

namespace oshirase::registry {
namespace {

absl::Status Next(std::deque<absl::Status>& failures) {
  if (failures.empty()) return absl::OkStatus();
  auto failure = std::move(failures.front());
  failures.pop_front();
  return failure;
}

}  // namespace

void FakeMailer::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

void FakeMailer::OnSend(std::function<void(const Mail&)> hook) {
  absl::MutexLock lock(&mu_);
  hook_ = std::move(hook);
}

std::vector<std::pair<std::string, Mail>> FakeMailer::taken() const {
  absl::MutexLock lock(&mu_);
  return taken_;
}

int FakeMailer::calls() const {
  absl::MutexLock lock(&mu_);
  return calls_;
}

bool FakeMailer::abandoned() const {
  absl::MutexLock lock(&mu_);
  return abandoned_;
}

absl::Status FakeMailer::Send(const Mail& mail, const std::string& mail_id) {
  std::function<void(const Mail&)> hook;
  {
    absl::MutexLock lock(&mu_);
    ++calls_;
    hook = hook_;
  }
  if (hook) hook(mail);
  absl::MutexLock lock(&mu_);
  auto status = Next(failures_);
  if (status.ok()) taken_.emplace_back(mail_id, mail);
  return status;
}

void FakeMailer::Abandon() {
  absl::MutexLock lock(&mu_);
  abandoned_ = true;
}

absl::StatusOr<Attachment> FakeAttachmentSource::Load(const DocumentRef& ref) {
  if (auto status = Next(failures_); !status.ok()) return status;
  return Attachment{
      .file_name = absl::StrCat(ref.document, ".pdf"),
      .media_type = "application/pdf",
      .bytes = absl::StrCat(ref.document, " ", ref.certificate_number, " v", ref.version)};
}

absl::StatusOr<Mail> FakeMailTexts::Write(const Letter& letter) const {
  if (auto status = Next(failures_); !status.ok()) return status;
  Mail mail{.to = letter.to, .subject = NameOf(letter.kind), .html = "<p>"};
  for (const auto& [name, value] : letter.values)
    absl::StrAppend(&mail.text, name, "=", value, "\n");
  return mail;
}

FakeMailObserver::Seen FakeMailObserver::seen() const {
  absl::MutexLock lock(&mu_);
  return seen_;
}

void FakeMailObserver::OnAttempt(MailKind /*kind*/, MailEnd::Outcome /*outcome*/,
                                 const std::string& reason, absl::Duration /*duration*/) {
  absl::MutexLock lock(&mu_);
  seen_.reasons.push_back(reason);
}

void FakeMailObserver::OnServer(bool usable) {
  absl::MutexLock lock(&mu_);
  seen_.server.push_back(usable);
}

void FakeMailObserver::OnFigures(const MailFigures& figures, absl::Time /*now*/) {
  absl::MutexLock lock(&mu_);
  ++seen_.measured;
  seen_.figures = figures;
}

}  // namespace oshirase::registry
