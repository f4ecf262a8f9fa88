#include "services/registry/domain/venue_attachments.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "services/registry/testing/business_scene.h"
#include "services/registry/testing/fake_document_printer.h"

namespace oshirase::registry {
namespace {

struct Scene : BusinessScene {
  DocumentRef Ref() {
    const auto own = keeper.Get(holder, venue_id);
    return {.document = "certificate",
            .certificate_number = ids::FormatPublicNumber({own->certificate->number}),
            .version = 1};
  }

  Holder holder = Register();
  FakeDocumentPrinter printer;
  VenueAttachments attachments{own_venues, printer};
};

TEST_CASE("a letter's certificate is drawn by its number as printed") {
  Scene scene;
  const auto attachment = scene.attachments.Load(scene.Ref());

  REQUIRE(attachment.ok());
  CHECK(attachment->bytes == "certificate of 喫茶ポエム\n");
  CHECK(attachment->media_type == "application/pdf");
  CHECK(attachment->file_name.find("certificate-") == 0);
}

TEST_CASE("a letter that names what is not there is given up, and a store that is away is not") {
  Scene scene;
  auto ref = scene.Ref();
  ref.certificate_number = ids::NewPublicNumber().value;
  CHECK(absl::IsNotFound(scene.attachments.Load(ref).status()));
  ref.certificate_number = "x";
  CHECK(absl::IsInvalidArgument(scene.attachments.Load(ref).status()));
  ref = scene.Ref();
  ref.document = "menu";
  CHECK(absl::IsInvalidArgument(scene.attachments.Load(ref).status()));
  ref = scene.Ref();
  scene.own_venues.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(scene.attachments.Load(ref).status()));
  scene.printer.FailNext(absl::InternalError("fonts"));
  CHECK(absl::IsInternal(scene.attachments.Load(ref).status()));
}

}  // namespace
}  // namespace oshirase::registry
