// "Show me what would be sent": renders the messages of a case that is being entered, asks LINE
// whether it would take them, and reserves the notice's public number. Rendered again when the case
// is submitted, so that nothing goes out that was not prepared here.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/line_client.h"
#include "services/notifier/domain/message_template.h"
#include "services/notifier/domain/registry_client.h"

namespace oshirase::notifier {

struct PrepareRequest {
  std::vector<Exposure> exposures;
  std::string template_name;  // "inform" when empty
  bool drill = false;
  bool name_venues = false;
  std::string corrects_case_id;  // "" unless it is a correction
};

struct PreparedCase {
  std::string notice_number;
  std::string template_name;
  int template_version = 0;
  std::vector<Message> messages;
};

struct PreparerOptions {
  std::string prefecture;
  std::string consultation_phone;
  std::string public_url;
  int retention_days = 21;
};

// Thread-safe.
class CasePreparer {
 public:
  struct Parts {
    CaseStore& cases;
    RegistryClient& registry;
    LineClient& line;
    Clock clock;
  };

  // The parts must outlive it.
  CasePreparer(Parts parts, PreparerOptions options);

  // Returns INVALID_ARGUMENT CASE_INVALID, NOT_FOUND TEMPLATE_NOT_FOUND or CASE_NOT_FOUND (the case
  // to correct), FAILED_PRECONDITION NAME_WITHOUT_CONSENT or MESSAGE_REFUSED, UNAVAILABLE
  // LINE_UNAVAILABLE, and UNAVAILABLE when registry or database cannot be reached.
  absl::StatusOr<PreparedCase> Prepare(const PrepareRequest& request);

  // Whether `messages` are, byte for byte and in order, what Prepare renders for this statement
  // now. Returns FAILED_PRECONDITION MESSAGES_NOT_RENDERED when they are not, also because a
  // template, a venue's name or the configuration changed meanwhile; NOT_FOUND TEMPLATE_NOT_FOUND;
  // UNAVAILABLE when the registry cannot be reached.
  absl::Status CheckRendered(const Statement& statement, const std::vector<Message>& messages);

 private:
  // The templates of one name, one per language.
  using Chosen = std::vector<const MessageTemplate*>;

  absl::Status Check(const PrepareRequest& request);
  absl::StatusOr<Chosen> Choose(const std::string& name, bool drill) const;
  std::vector<Message> Render(const Chosen& chosen, const std::string& notice_number,
                              const std::vector<std::string>& venue_names) const;
  absl::StatusOr<std::vector<std::string>> VenueNames(const std::vector<Exposure>& exposures);
  absl::StatusOr<std::string> ReserveNoticeNumber();
  absl::Status Validate(const Message& message);

  Parts parts_;
  const PreparerOptions options_;
  const std::vector<MessageTemplate> templates_;
};

}  // namespace oshirase::notifier
