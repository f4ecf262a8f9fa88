// A registration form as JSON, for what is sealed into pages.
#pragma once

#include <nlohmann/json.hpp>

#include "services/gateway/forms/json_text.h"
#include "services/gateway/forms/register_form.h"

namespace oshirase::gateway {

// An object with a member for each field.
nlohmann::json FormJson(const RegisterForm& form);

// What FormJson() made, whatever else `json` holds.
RegisterForm FormOf(const JsonObject& json);

}  // namespace oshirase::gateway
