// What a business prints and posts: plain values, and the port that turns them into PDF. The values
// say what a sheet says; how it looks is the renderer's affair.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "common/ids/public_number.h"
#include "common/ids/venue_code.h"
#include "common/time/japan_time.h"

namespace oshirase::registry {

// What a QR for visitors says, and what is printed beside it.
struct CheckInCode {
  ids::VenueCode code;
  std::string url;       // in the QR: opens LINE with the code typed in
  std::string page_url;  // "https://…/c/<code>", in small type for those who cannot scan
};

struct MeasureLine {
  std::string text;
  bool is_new = false;  // since the version before: marked 「New!」

  friend bool operator==(const MeasureLine&, const MeasureLine&) = default;
};

struct MeasureGroup {
  std::string name;
  std::vector<MeasureLine> lines;

  friend bool operator==(const MeasureGroup&, const MeasureGroup&) = default;
};

// One version of a certificate (感染防止対策取組書).
struct CertificateSheet {
  ids::PublicNumber number;
  int version = 1;
  Day issue_day;
  std::string prefecture_name;
  std::string venue_name;
  std::string venue_address;  // empty when it must not be shown
  std::string industry_name;
  std::string event_dates;  // "2026年12月5日〜6日"; empty unless the venue is an event
  std::vector<MeasureGroup> groups;
  CheckInCode check_in;
  std::string verify_url;    // in the small QR: the certificate's page
  std::string consultation;  // one line: whom to ask, "03-0000-0000(9時〜17時)"; may be empty
  bool drill = false;        // prints 「訓練用」 across the head
};

// What a poster, a table tent and a sheet of stickers say.
struct CheckInSheet {
  Day made_on;  // the document's date, so that the same sheet is the same bytes on any day
  std::string prefecture_name;
  std::string venue_name;
  std::string event_dates;  // as above
  CheckInCode check_in;
  std::string consultation;  // as above
  bool drill = false;
};

struct Certificate {
  CertificateSheet sheet;
};
struct Poster {  // A4
  CheckInSheet sheet;
};
struct TableTent {  // A4, folded once
  CheckInSheet sheet;
};
struct Stickers {  // A4, cut into eight
  CheckInSheet sheet;
};

using Document = std::variant<Certificate, Poster, TableTent, Stickers>;

// What a document takes; more is INVALID_ARGUMENT. Lengths are characters as a reader counts them.
inline constexpr int kMaxNameLength = 100;     // a venue's name
inline constexpr int kMaxLineLength = 200;     // any other text
inline constexpr int kMaxMeasures = 100;       // in all groups
inline constexpr int kMaxQrUrlBytes = 300;     // more modules than a cheap printer can print
inline constexpr int kMaxBookDocuments = 500;  // of one file

// Thread-safe. A document depends on its values alone: the same values are the same bytes, on any
// machine with the same fonts.
//
// What people typed (names, addresses, dates, measures) is drawn as typed. Marks that turn the
// direction of writing and characters of no width are left out, and a character that no font of the
// service has, a private one for instance, is drawn as 「〓」, the printers' mark for a missing
// sort.
class DocumentRenderer {
 public:
  virtual ~DocumentRenderer() = default;

  // A PDF of one document. A certificate is one page for 30 measures of usual length, and goes on
  // to further pages when it must.
  //
  // Returns INVALID_ARGUMENT, reason
  //   DOCUMENT_TEXT_INVALID     a text is not UTF-8 or holds control characters,
  //   DOCUMENT_TEXT_TOO_LONG    a text, list or URL is longer than the limits above,
  //   DOCUMENT_TEXT_MISSING     a text that every sheet needs is empty.
  // The message names the field, never its text.
  virtual absl::StatusOr<std::string> Render(const Document& document) = 0;

  // One PDF of several documents, in their order. Fonts are in it once, so it is far smaller than
  // its documents apart. Returns what Render() returns, and DOCUMENT_TEXT_TOO_LONG for more than
  // kMaxBookDocuments; DOCUMENT_TEXT_MISSING for none.
  virtual absl::StatusOr<std::string> RenderBook(const std::string& title,
                                                 const std::vector<Document>& documents) = 0;

  // The characters of `text` that would be drawn as 「〓」, each once, in their order: what the
  // form warns of. None when `text` is not UTF-8.
  virtual std::vector<std::string> UnsupportedCharacters(const std::string& text) = 0;
};

}  // namespace oshirase::registry
