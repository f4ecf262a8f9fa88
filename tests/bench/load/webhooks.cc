// Reference: https://developers.line.biz/en/reference/messaging-api/#webhooks
#include "tests/bench/load/webhooks.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "absl/strings/str_cat.h"

namespace oshirase::bench {
namespace {

constexpr char kCrockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr char kHex[] = "0123456789abcdef";
constexpr char kBase64Url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr size_t kUserIdDigits = 32;
constexpr size_t kUlidTimeDigits = 10;
constexpr size_t kUlidRandomDigits = 16;
constexpr size_t kTokenDigits = 64;
// Message ids have 18 digits.
constexpr uint64_t kFirstMessageId = 500'000'000'000'000'000;

// The user id of the n-th person: spread by splitmix64, so that neighbours share no prefix.
std::string UserId(uint64_t person) {
  std::string id = "U";
  uint64_t state = person;
  uint64_t bits = 0;
  for (size_t i = 0; i < kUserIdDigits; ++i) {
    if (i % 16 == 0) {
      state += 0x9e3779b97f4a7c15;
      bits = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
      bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
      bits ^= bits >> 31;
    }
    id.push_back(kHex[bits & 15]);
    bits >>= 4;
  }
  return id;
}

// Draws venues by Zipf's law.
class VenueDraw {
 public:
  explicit VenueDraw(const WebhookOptions& options) : options_(options) {
    double sum = 0;
    for (size_t rank = 1; rank <= options.venue_codes.size(); ++rank) {
      sum += std::pow(static_cast<double>(rank), -options.skew);
      cumulated_.push_back(sum);
    }
  }

  const std::string& Next(std::mt19937_64& random) {
    const auto& codes = options_.venue_codes;
    if (options_.sweep) return codes[next_++ % codes.size()];
    if (std::uniform_real_distribution<>()(random) < options_.hot_share) return codes.front();
    const double at = std::uniform_real_distribution<>(0, cumulated_.back())(random);
    const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), at);
    const auto index = static_cast<size_t>(found - cumulated_.begin());
    return codes[std::min(index, codes.size() - 1)];
  }

 private:
  const WebhookOptions& options_;
  std::vector<double> cumulated_;
  size_t next_ = 0;
};

class Writer {
 public:
  explicit Writer(const WebhookOptions& options)
      : options_(options), venues_(options), random_(options.seed) {}

  std::string Request(size_t index) {
    const std::string body = Body(index);
    return absl::StrCat("POST /line/webhook HTTP/1.1\r\nHost: ", options_.host,
                        "\r\nUser-Agent: LineBotWebhook/2.0"
                        "\r\nContent-Type: application/json; charset=utf-8"
                        "\r\nX-Line-Signature: ",
                        LineSignature(options_.channel_secret, body),
                        "\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
  }

 private:
  std::string Body(size_t index) {
    const uint64_t person = std::uniform_int_distribution<uint64_t>(1, options_.people)(random_);
    return absl::StrCat(R"({"destination":")", options_.bot_user_id,
                        R"(","events":[{"type":"message","message":{"type":"text","id":")",
                        kFirstMessageId + index, R"(","quoteToken":")",
                        Digits(kBase64Url, 64, kTokenDigits), R"(","text":"来店 )",
                        venues_.Next(random_), R"("},"webhookEventId":")", EventId(),
                        R"(","deliveryContext":{"isRedelivery":false},"timestamp":)",
                        absl::ToUnixMillis(options_.time), R"(,"source":{"type":"user","userId":")",
                        UserId(person), R"("},"mode":"active"}]})");
  }

  // A ULID.
  std::string EventId() {
    std::string time(kUlidTimeDigits, '0');
    auto rest = static_cast<uint64_t>(absl::ToUnixMillis(options_.time));
    for (auto digit = time.rbegin(); digit != time.rend(); ++digit, rest /= 32) {
      *digit = kCrockford[rest % 32];
    }
    return time + Digits(kCrockford, 32, kUlidRandomDigits);
  }

  // `base` must be a power of two.
  std::string Digits(const char* alphabet, uint64_t base, size_t count) {
    std::string digits;
    uint64_t bits = 0;
    for (size_t i = 0; i < count; ++i) {
      if (i % 10 == 0) bits = random_();
      digits.push_back(alphabet[bits % base]);
      bits /= base;
    }
    return digits;
  }

  const WebhookOptions& options_;
  VenueDraw venues_;
  std::mt19937_64 random_;
};

}  // namespace

Webhooks::Webhooks(const WebhookOptions& options, size_t count) {
  Writer writer(options);
  ends_.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const std::string request = writer.Request(i);
    // All have nearly the same size.
    if (i == 0) bytes_.reserve((request.size() + 8) * count);
    bytes_ += request;
    ends_.push_back(bytes_.size());
  }
}

std::string_view Webhooks::operator[](size_t index) const {
  const size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

std::string LineSignature(const std::string& channel_secret, std::string_view body) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), channel_secret.data(), static_cast<int>(channel_secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
  // With the zero that EVP_EncodeBlock() adds.
  std::string text((size + 2) / 3 * 4 + 1, '\0');
  text.resize(static_cast<size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), mac, static_cast<int>(size))));
  return text;
}

}  // namespace oshirase::bench
