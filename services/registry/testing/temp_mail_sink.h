// A real SMTP server for integration tests: tools/mail-sink, with a mailbox of its own. It takes
// mail from everyone, delivers to nobody, and misbehaves when told to.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/registry/mail/smtp_options.h"
#include "tests/support/temp_server.h"

namespace oshirase::registry {

// Not thread-safe. All methods throw std::runtime_error, which fails the test case, when they
// cannot.
class TempMailSink {
 public:
  enum class Tls { kNone, kStartTls, kImplicit };

  explicit TempMailSink(Tls tls = Tls::kNone);
  TempMailSink(const TempMailSink&) = delete;
  TempMailSink& operator=(const TempMailSink&) = delete;

  // How to reach it by SMTP. With TLS its certificate is in ca_file, and good for "localhost".
  SmtpOptions options() const;

  // SIGKILL: connections are reset, and nothing listens any more, until Start() on the same ports.
  void Kill() { server_.Kill(); }
  void Start();

  // Everything received so far, oldest first; see tools/mail-sink/main.mjs for the shape.
  std::vector<nlohmann::json> messages() const;
  // The only message, as it came.
  std::string raw() const;

  // What happens to the next messages, e.g. {{"kind", "defer"}, {"at", "rcpt"}, {"times", 2}}.
  void AddFault(const nlohmann::json& fault);

 private:
  std::string Get(const std::string& path) const;
  bool ReadPorts();
  void MakeCertificate() const;

  testing::TempServer server_{"oshirase-mail-"};
  const Tls tls_;
  int smtp_port_ = 0;
  int http_port_ = 0;
};

}  // namespace oshirase::registry
