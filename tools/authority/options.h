// What an officer asked for on the command line, after parsing.
#pragma once

#include <string>
#include <tuple>
#include <vector>

namespace oshirase::authority {

// How to reach the services and as whom; flags, or the variables named beside them.
struct ConnectionOptions {
  std::string notifier;  // OSHIRASE_NOTIFIER, host:port
  std::string registry;  // OSHIRASE_REGISTRY, host:port
  std::string cert;      // OSHIRASE_TLS_CERT, the officer's certificate
  std::string key;       // OSHIRASE_TLS_KEY, its key; signs too
  std::string ca;        // OSHIRASE_TLS_CA, who signed the services' certificates
};

struct SubmitOptions {
  std::string case_ref;
  std::vector<std::tuple<std::string, std::string, std::string>> at;  // code, from, to
  std::string csv;
  std::string template_name;
  std::string linger;  // "30m"; empty: the usual
  std::string stay;    // "2h"; empty: the venue's
  bool name_venues = false;
  bool drill = false;
};

struct Options {
  ConnectionOptions connection;
  bool json = false;
  bool yes = false;  // Ask nothing.
  std::string id;    // case id, officer id
  std::string text;  // search text, venue code
  std::string reason;
  std::string state;      // filter of `case list`
  std::string cert_file;  // `officer enrol`
  std::vector<std::string> roles;
  bool resend = false;   // `case settle`: this, or
  bool give_up = false;  // this.
  SubmitOptions submit;
};

}  // namespace oshirase::authority
