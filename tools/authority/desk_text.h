// What the register desk reads, in words for people.
#pragma once

#include <string>
#include <vector>

#include "oshirase/registry/v1/desk_service.pb.h"
#include "tools/authority/entry_details.h"

namespace oshirase::authority {

std::string StateText(registry::v1::VenueState state);
std::string StateText(registry::v1::CertificateState state);
// Of a public number, in groups; "-" for none.
std::string NumberText(const std::string& number);
// "営業中" for "open", the words of CountRegister.
std::string StateWordText(const std::string& word);

// One line each, under a heading.
std::string EntriesText(const std::vector<registry::v1::RegisterEntry>& entries);

// One entry in full, then its measures, certificates and history.
std::string EntryText(const registry::v1::GetEntryResponse& entry);

// "施設名: まつ → たけ", a line each.
std::string DifferencesText(const std::vector<Difference>& differences);

std::string LetterText(const registry::v1::Letter& letter);
std::string ApiKeysText(const std::vector<registry::v1::ApiKey>& keys);

}  // namespace oshirase::authority
