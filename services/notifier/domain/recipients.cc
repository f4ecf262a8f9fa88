#include "services/notifier/domain/recipients.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/crypto/secret_box.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

constexpr size_t kIdBytes = 16;

std::string AdditionalData(const BatchName& name) {
  return absl::StrCat("oshirase batch 1/", name.case_id, "/", name.batch_id);
}

}  // namespace

std::string MulticastBody(const Recipients& recipients, const std::string& line_messages_json) {
  // Written by hand: the bytes must not depend on a library's taste in JSON.
  std::string body = "{\"to\":[";
  body.reserve(body.size() + recipients.size() * 36 + line_messages_json.size() + 16);
  for (size_t i = 0; i < recipients.size(); ++i) {
    if (i > 0) body += ',';
    body += '"';
    body += ids::FormatLineUserId(recipients[i]);
    body += '"';
  }
  body += "],\"messages\":";
  body += line_messages_json;
  body += '}';
  return body;
}

std::string SealRecipients(const crypto::SecretKey& case_key, const BatchName& name,
                           const Recipients& recipients) {
  std::string plain;
  plain.reserve(recipients.size() * kIdBytes);
  for (const ids::LineUserId& id : recipients) plain.append(id.bytes.begin(), id.bytes.end());
  std::string sealed = crypto::SealWithKey(case_key, AdditionalData(name), plain);
  crypto::WipeString(plain);
  return sealed;
}

absl::StatusOr<Recipients> OpenRecipients(const crypto::SecretKey& case_key, const BatchName& name,
                                          const std::string& sealed) {
  ASSIGN_OR_RETURN(std::string plain, crypto::OpenWithKey(case_key, AdditionalData(name), sealed));
  if (plain.size() % kIdBytes != 0) {
    crypto::WipeString(plain);
    return absl::DataLossError("recipients are no whole ids");
  }
  Recipients recipients(plain.size() / kIdBytes);
  for (size_t i = 0; i < recipients.size(); ++i) {
    std::copy_n(reinterpret_cast<const uint8_t*>(plain.data()) + i * kIdBytes, kIdBytes,
                recipients[i].bytes.begin());
  }
  crypto::WipeString(plain);
  return recipients;
}

NewBatch BatchMaker::Make(const Recipients& recipients) const {
  NewBatch batch{.batch_id = ids::NewUuid(), .language = language};
  batch.content = MakeContent(batch.batch_id, recipients);
  return batch;
}

BatchContent BatchMaker::MakeContent(const std::string& batch_id,
                                     const Recipients& recipients) const {
  return {.retry_key = ids::NewUuid(),
          .body_sha256 = crypto::Sha256(MulticastBody(recipients, line_messages_json)),
          .sealed_recipients = SealRecipients(case_key, {case_id, batch_id}, recipients),
          .people = static_cast<int>(recipients.size())};
}

}  // namespace oshirase::notifier
