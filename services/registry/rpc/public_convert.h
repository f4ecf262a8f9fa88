// Between the wire and the domain, for what anybody sees and sends.
#pragma once

#include "oshirase/registry/v1/public_service.pb.h"
#include "services/registry/domain/desk_letter.h"
#include "services/registry/domain/public_register.h"

namespace oshirase::registry {

void ToProto(const CheckedCertificate& checked, v1::GetCertificateResponse* proto);
void ToProto(const ListedVenue& venue, v1::ListedVenue* proto);

// Letters as typed. A report's subject that is none stays unset.
DeskLetter FromProto(const v1::SubmitEnquiryRequest& proto);
DeskLetter FromProto(const v1::SubmitReportRequest& proto);

v1::ReportSubject ToProto(ReportSubject subject);

}  // namespace oshirase::registry
