#include "services/registry/business_side.h"

#include <utility>

#include "absl/random/random.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/registry/domain/bundles.h"
#include "services/registry/domain/credentials.h"
#include "services/registry/domain/mail_dispatcher.h"
#include "services/registry/domain/mail_sender.h"
#include "services/registry/domain/rendered_documents.h"
#include "services/registry/domain/sign_in.h"
#include "services/registry/domain/venue_attachments.h"
#include "services/registry/domain/venue_import.h"
#include "services/registry/domain/venue_keeper.h"
#include "services/registry/mail/mail_metrics.h"
#include "services/registry/mail/mustache_mail_texts.h"
#include "services/registry/mail/smtp_mailer.h"
#include "services/registry/pdf/pdf_document_renderer.h"
#include "services/registry/rpc/business_service.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/rpc/public_service.h"
#include "services/registry/store/bundle_files.h"
#include "services/registry/store/letter_queue.h"
#include "services/registry/store/postgres_api_key_store.h"
#include "services/registry/store/postgres_audit_store.h"
#include "services/registry/store/postgres_business_store.h"
#include "services/registry/store/postgres_decision_store.h"
#include "services/registry/store/postgres_letter_store.h"
#include "services/registry/store/postgres_mail_outbox.h"
#include "services/registry/store/postgres_own_venue_store.h"
#include "services/registry/store/postgres_public_venue_store.h"
#include "services/registry/store/postgres_register_store.h"
#include "services/registry/store/postgres_reissue_store.h"
#include "services/registry/store/postgres_venue_store.h"

namespace oshirase::registry {
namespace {

// An export of the register holds its connection for as long as its reader takes.
constexpr int kExportsAtOnce = 2;
constexpr absl::Duration kExportTime = absl::Minutes(10);

// Thread-safe, and good enough for spreading attempts.
double RandomFraction() {
  static thread_local absl::BitGen bits;
  return absl::Uniform(bits, 0.0, 1.0);
}

void LogBundleFailure(const absl::Status& status) {
  LogWarning("a bundle was not made",
             {{"code", absl::StatusCodeToString(status.code())}, {"reason", ReasonOf(status)}});
}

// Members stand in the order in which they need each other.
class WiredBusinessSide final : public BusinessSide {
 public:
  WiredBusinessSide(const BusinessSideParts& parts, catalogue::Catalogue catalogue,
                    std::unique_ptr<DocumentRenderer> renderer)
      : config_(parts.config),
        clock_(parts.clock),
        catalogue_(std::move(catalogue)),
        renderer_(std::move(renderer)),
        observer_(parts.metrics),
        sealer_(parts.mail_keys, parts.clock),
        outbox_(parts.pool),
        venues_(parts.pool, parts.log, queue_),
        own_venues_(parts.pool, parts.log, queue_),
        businesses_(parts.pool, queue_),
        letter_store_(parts.pool, parts.log, queue_),
        api_key_store_(parts.pool, parts.log),
        public_venues_(parts.pool, parts.config.temp_directory),
        entries_(parts.pool, exports_),
        decision_store_(parts.pool, parts.log, queue_),
        reissue_store_(parts.pool, parts.log, queue_),
        audit_(parts.pool, parts.log) {}

  void StartSending() override { dispatcher_.Start(); }
  std::vector<grpc::Service*> services() override {
    return {&service_, &public_service_, &desk_service_};
  }
  BusinessStore& businesses() override { return businesses_; }
  VenueStore& venues() override { return venues_; }
  const catalogue::Catalogue& catalogue() const override { return catalogue_; }
  const CertificateMaker& certificates() const override { return certificates_; }
  VenueDecisions& decisions() override { return decisions_; }

 private:
  VenueKeeperParts KeeperParts() {
    return {.businesses = businesses_,
            .own_venues = own_venues_,
            .venues = venues_,
            .catalogue = catalogue_,
            .certificates = certificates_,
            .clock = clock_};
  }

  const Config& config_;
  const Clock clock_;
  const catalogue::Catalogue catalogue_;
  const SiteAddresses site_{config_.public_url, config_.line_basic_id};
  const SheetIssuer issuer_{.prefecture_name = config_.prefecture_name,
                            .consultation = config_.consultation_phone};
  const CertificateMaker certificates_{catalogue_, issuer_};
  const std::unique_ptr<DocumentRenderer> renderer_;
  RenderedDocuments printer_{*renderer_, site_, issuer_};

  MailMetrics observer_;
  const LetterSealer sealer_;
  PostgresMailOutbox outbox_;
  const LetterQueue queue_{sealer_, site_, [this] { dispatcher_.Wake(); }};
  PostgresVenueStore venues_;
  PostgresOwnVenueStore own_venues_;
  PostgresBusinessStore businesses_;
  PostgresLetterStore letter_store_;
  PostgresApiKeyStore api_key_store_;
  PostgresPublicVenueStore public_venues_;
  postgres::Pool exports_{{.url = config_.database_url,
                           .size = kExportsAtOnce,
                           .statement_timeout = absl::Seconds(30),
                           .hold_limit = kExportTime}};
  PostgresRegisterStore entries_;
  PostgresDecisionStore decision_store_;
  PostgresReissueStore reissue_store_;
  PostgresAuditStore audit_;
  const MustacheMailTexts texts_{{.prefecture_name = config_.prefecture_name,
                                  .contact_phone = config_.consultation_phone,
                                  .enquiry_url = site_.EnquiryPage()}};
  VenueAttachments attachments_{own_venues_, printer_};
  SmtpMailer mailer_{config_.smtp, clock_};
  MailSender sender_{{.sealer = sealer_,
                      .texts = texts_,
                      .documents = attachments_,
                      .mailer = mailer_,
                      .observer = observer_,
                      .clock = clock_,
                      .random = RandomFraction}};
  MailDispatcher dispatcher_{{.outbox = outbox_,
                              .sender = sender_,
                              .mailer = mailer_,
                              .observer = observer_,
                              .clock = clock_},
                             {}};

  TempBundleFiles files_{config_.temp_directory};
  Bundles bundles_{{.venues = own_venues_,
                    .printer = printer_,
                    .files = files_,
                    .clock = clock_,
                    .on_failure = LogBundleFailure}};
  SignIn sign_in_{{.businesses = businesses_,
                   .venues = own_venues_,
                   .catalogue = catalogue_,
                   .certificates = certificates_,
                   .clock = clock_}};
  Credentials credentials_{businesses_, clock_};
  VenueKeeper keeper_{KeeperParts()};
  VenueImport import_{KeeperParts()};
  BusinessServiceImpl service_{{.sign_in = sign_in_,
                                .credentials = credentials_,
                                .keeper = keeper_,
                                .import = import_,
                                .printer = printer_,
                                .bundles = bundles_,
                                .catalogue = catalogue_,
                                .clock = clock_}};

  PublicRegister public_register_{public_venues_};
  LetterBox letters_{letter_store_, clock_};
  PublicServiceImpl public_service_{{.venues = public_register_, .letters = letters_}};

  ApiKeys api_keys_{api_key_store_, clock_};
  VenueDecisions decisions_{{.entries = entries_,
                             .decisions = decision_store_,
                             .venues = venues_,
                             .own_venues = own_venues_,
                             .clock = clock_}};
  RegisterDesk desk_{{.entries = entries_,
                      .venues = venues_,
                      .own_venues = own_venues_,
                      .printer = printer_,
                      .audit = audit_}};
  EntryEditor editor_{{.entries = entries_,
                       .decisions = decision_store_,
                       .venues = venues_,
                       .catalogue = catalogue_,
                       .certificates = certificates_,
                       .clock = clock_}};
  Reissue reissue_{reissue_store_, certificates_, clock_};
  DeskServiceImpl desk_service_{{.desk = desk_,
                                 .editor = editor_,
                                 .decisions = decisions_,
                                 .reissue = reissue_,
                                 .catalogue = catalogue_,
                                 .letters = letters_,
                                 .api_keys = api_keys_}};
};

}  // namespace

absl::StatusOr<std::unique_ptr<BusinessSide>> BusinessSide::Create(const BusinessSideParts& parts) {
  RETURN_IF_ERROR(MustacheMailTexts::CheckTemplates());
  ASSIGN_OR_RETURN(auto catalogue, catalogue::LoadBuiltIn());
  ASSIGN_OR_RETURN(auto renderer, pdf::PdfDocumentRenderer::Create());
  return std::make_unique<WiredBusinessSide>(parts, std::move(catalogue), std::move(renderer));
}

}  // namespace oshirase::registry
