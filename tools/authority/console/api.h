// What the pages ask of the program, noun by noun. Every answer is what the command line prints
// with
// --json; every refusal is the registry's own, so that the pages can do nothing that the officer
// may not.
#pragma once

#include <vector>

#include "tools/authority/console/http.h"
#include "tools/authority/console/reissue_job.h"
#include "tools/authority/session.h"

namespace oshirase::authority::console {

// All routes. The session and the job must outlive them.
std::vector<Route> ApiRoutes(Session& session, ReissueJob& reissue);

// Who the officer is, and the words that the program was built with.
void AddSelf(Session& session, std::vector<Route>& routes);
// Looking at the register.
void AddRegister(Session& session, std::vector<Route>& routes);
// One entry: looking, correcting, acts of office.
void AddEntries(Session& session, std::vector<Route>& routes);
void AddCertificates(Session& session, ReissueJob& reissue, std::vector<Route>& routes);
void AddLetters(Session& session, std::vector<Route>& routes);
void AddApiKeys(Session& session, std::vector<Route>& routes);

}  // namespace oshirase::authority::console
