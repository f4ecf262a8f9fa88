// Who is at the other end of a connection: the one URI in its certificate. Services and officers
// have trust domains of their own, each with a certificate authority that cannot make the other's.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace oshirase {

struct Caller {
  enum class Kind {
    kNone,     // No identity of ours.
    kService,  // spiffe://services.oshirase/<name>
    kOfficer,  // spiffe://officers.oshirase/<name>
  };
  Kind kind = Kind::kNone;
  // 1 to 63 of a-z, 0-9 and "-"; "" when there is no identity.
  std::string name;

  friend bool operator==(const Caller&, const Caller&) = default;
};

// The identity in a certificate's URIs. There must be exactly one, of one of the two forms above;
// anything else, however near, is kNone.
Caller ParseIdentity(const std::vector<absl::string_view>& uris);

// "spiffe://services.oshirase/<name>".
std::string ServiceUri(absl::string_view name);

// "spiffe://officers.oshirase/<id>".
std::string OfficerUri(absl::string_view id);

}  // namespace oshirase
