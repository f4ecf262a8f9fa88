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

// Which entries of the register, as typed.
struct FilterOptions {
  std::string text;
  std::string kind;
  std::string municipality;
  std::string state;
  std::string from;  // Days; the last one is included.
  std::string to;
};

struct RegisterOptions {
  FilterOptions filter;
  bool all = false;
  int limit = 20;
  std::vector<std::string> set;  // "field=value"
  std::string file;              // Details as JSON.
  int revision = 0;              // That the file was made from; 0: as the file says.
  std::string document;
  std::string output;
  bool confirmed = false;      // `register inspect`: this, or
  bool not_confirmed = false;  // this.
  std::string note;
  std::string plot;
};

struct LetterOptions {
  std::string kind;  // enquiries or reports
  bool all = false;
  std::string text;
  std::string file;
};

struct ReissueOptions {
  bool mail = false;
  std::string run_id;  // Empty: a new run.
};

struct ApiKeyOptions {
  std::string email;
  std::string label;
};

struct Options {
  ConnectionOptions connection;
  bool json = false;
  bool yes = false;  // Ask nothing.
  std::string id;    // of a case, officer or API key; what names an entry; a letter's number
  std::string text;  // search text, venue code
  std::string reason;
  std::string state;      // filter of `case list`
  std::string cert_file;  // `officer enrol`
  std::vector<std::string> roles;
  bool resend = false;   // `case settle`: this, or
  bool give_up = false;  // this.
  SubmitOptions submit;
  RegisterOptions entry;
  LetterOptions letter;
  ReissueOptions reissue;
  ApiKeyOptions api_key;
  std::string listen;  // `console`: where.
};

}  // namespace oshirase::authority
