#include "services/registry/testing/temp_mail_sink.h"

#include <httplib.h>

#include <fstream>
#include <stdexcept>

namespace oshirase::registry {

TempMailSink::TempMailSink(Tls tls) : tls_(tls) {
  if (tls_ != Tls::kNone) MakeCertificate();
  Start();
}

void TempMailSink::MakeCertificate() const {
  const std::string folder = server_.folder();
  testing::RunCommand({"openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2",
                       "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem", "-subj",
                       "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"});
}

void TempMailSink::Start() {
  const std::string folder = server_.folder();
  std::vector<std::string> command = {
      "node",        OSHIRASE_SOURCE_DIR "/tools/mail-sink/main.mjs",
      "--data",      folder + "/mail",
      "--smtp-port", std::to_string(smtp_port_),
      "--http-port", std::to_string(http_port_)};
  if (tls_ != Tls::kNone) {
    for (const std::string& word : {std::string("--tls-key"), folder + "/key.pem",
                                    std::string("--tls-cert"), folder + "/cert.pem"})
      command.push_back(word);
  }
  if (tls_ == Tls::kImplicit) command.emplace_back("--smtps");
  server_.Spawn(command);
  server_.WaitUntil([this] {
    if (!ReadPorts()) return false;
    return static_cast<bool>(httplib::Client("127.0.0.1", http_port_).Get("/api/messages"));
  });
}

bool TempMailSink::ReadPorts() {
  std::ifstream log(server_.log_file());
  for (std::string line; std::getline(log, line);) {
    const auto ports = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!ports.is_object()) continue;
    smtp_port_ = ports.value("smtp", 0);
    http_port_ = ports.value("http", 0);
  }
  return http_port_ != 0;
}

SmtpOptions TempMailSink::options() const {
  const std::string address =
      (tls_ == Tls::kNone ? "127.0.0.1:" : "localhost:") + std::to_string(smtp_port_);
  return {.url = (tls_ == Tls::kImplicit ? "smtps://" : "smtp://") + address,
          .ca_file = tls_ == Tls::kNone ? "" : server_.folder() + "/cert.pem",
          .from_address = "no-reply@pref.example.jp",
          .from_name = "神奈川県 LINEお知らせシステム",
          .total_timeout = absl::Seconds(20)};
}

std::string TempMailSink::Get(const std::string& path) const {
  const auto answer = httplib::Client("127.0.0.1", http_port_).Get(path.c_str());
  if (!answer || answer->status != 200) throw std::runtime_error("mail sink: no " + path);
  return answer->body;
}

std::vector<nlohmann::json> TempMailSink::messages() const {
  return nlohmann::json::parse(Get("/api/messages")).get<std::vector<nlohmann::json>>();
}

std::string TempMailSink::raw() const {
  const auto all = messages();
  if (all.size() != 1) throw std::runtime_error("mail sink: not one message");
  return Get("/api/messages/" + all[0].at("id").get<std::string>() + "/raw");
}

void TempMailSink::AddFault(const nlohmann::json& fault) {
  const auto answer = httplib::Client("127.0.0.1", http_port_)
                          .Post("/api/faults", fault.dump(), "application/json");
  if (!answer || answer->status != 200) throw std::runtime_error("mail sink: no fault");
}

}  // namespace oshirase::registry
