#include "services/gateway/forms/venue_csv.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/csv/csv.h"
#include "common/status/errors.h"
#include "services/gateway/backends/bulk_client.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

using Form = RegisterForm;

struct Column {
  const char* field;    // Of the form, and taken as a heading too.
  const char* heading;  // As in the template.
  const char* example;
  std::string Form::*text = nullptr;  // What is taken as it stands.
};

constexpr Column kColumns[] = {
    {"kind", "業種", "飲食店"},
    {"name", "施設の名前", "（例）みなと食堂", &Form::name},
    {"kana", "ふりがな", "みなとしょくどう", &Form::kana},
    {"event_start_time", "イベントの開始日時", "", &Form::event_start_time},
    {"event_end_time", "イベントの終了日時", "", &Form::event_end_time},
    {"postal_code", "郵便番号", "231-0005", &Form::postal_code},
    {"municipality", "市区町村", "横浜市中区", &Form::municipality},
    {"address", "町名・番地・建物の名前", "本町1-1", &Form::address},
    {"phone", "電話番号", "045-210-1111", &Form::phone},
    {"measure_ids", "対策", ""},
    {"measures", "ほかの対策", "入口に消毒液を置いています"},
    {"business_name", "事業者の名前", "みなと商店", &Form::business_name},
    {"name_consent", "お知らせに名前を入れる", "いいえ"},
    {"listed", "公開の一覧に載せる", "いいえ"},
};
constexpr size_t kColumnCount = std::size(kColumns);
// Without these no row could be right.
constexpr const char* kNeeded[] = {"kind", "name", "address", "measure_ids"};
constexpr size_t kExampleMeasures = 3;

using Cells = std::vector<std::string>;

// For each column of ours, where it is in the file.
using Places = std::vector<std::optional<size_t>>;

size_t ColumnNamed(const std::string& heading) {
  for (size_t i = 0; i < kColumnCount; ++i) {
    if (heading == kColumns[i].field || heading == kColumns[i].heading) return i;
  }
  return kColumnCount;
}

// What parts of a cell stand between semicolons, of either width.
Cells Parts(const std::string& cell) {
  Cells parts;
  const std::string folded = absl::StrReplaceAll(cell, {{"；", ";"}, {"\r", ";"}, {"\n", ";"}});
  for (const absl::string_view part : absl::StrSplit(folded, ';')) {
    std::string clean = CleanLine({part.data(), part.size()});
    if (!clean.empty()) parts.push_back(std::move(clean));
  }
  return parts;
}

// Reads one file.
class Reader {
 public:
  explicit Reader(const catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

  VenueCsv Read(const std::string& bytes) {
    const auto rows = ReadCsv(bytes);
    if (!rows.ok()) {
      const bool text = ReasonOf(rows.status()) == "CSV_UNREADABLE";
      Add(1, "", {"file", text ? "bulk.unreadable" : "bulk.not_text"});
      return std::move(result_);
    }
    if (rows->empty()) {
      Add(1, "", {"file", "bulk.no_rows"});
      return std::move(result_);
    }
    if (rows->size() > kMaxImportRows + 1) {
      Add(rows->back().line, "",
          {"file", "bulk.many_rows", {{"max", absl::StrCat(kMaxImportRows)}}});
      return std::move(result_);
    }
    ReadHeadings(rows->front());
    if (!result_.problems.empty()) return std::move(result_);
    if (rows->size() == 1) Add(rows->front().line, "", {"file", "bulk.no_rows"});
    for (size_t i = 1; i < rows->size(); ++i) ReadRow((*rows)[i]);
    return std::move(result_);
  }

 private:
  void Add(int line, const std::string& column, FormProblem problem) {
    result_.problems.push_back({line, column, std::move(problem)});
  }

  void ReadHeadings(const CsvRow& row) {
    places_.resize(kColumnCount);
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const std::string heading = CleanLine(row.cells[i]);
      const size_t column = ColumnNamed(heading);
      if (heading.empty()) continue;
      if (column == kColumnCount) {
        Add(row.line, heading, {"file", "bulk.unknown_column"});
      } else if (places_[column]) {
        Add(row.line, heading, {"file", "bulk.column_twice"});
      } else {
        places_[column] = i;
      }
    }
    for (const char* field : kNeeded) {
      const size_t column = ColumnNamed(field);
      if (!places_[column]) Add(row.line, kColumns[column].heading, {"file", "bulk.no_column"});
    }
  }

  std::string Cell(const CsvRow& row, const char* field) const {
    const auto place = places_[ColumnNamed(field)];
    return place && *place < row.cells.size() ? row.cells[*place] : "";
  }

  void ReadRow(const CsvRow& row) {
    Form form;
    for (const Column& column : kColumns) {
      if (column.text != nullptr) form.*column.text = CleanLine(Cell(row, column.field));
    }
    form.measures = absl::StrJoin(Parts(Cell(row, "measures")), "\n");
    form.name_consent = ReadYes(row, "name_consent");
    form.listed = ReadYes(row, "listed");
    ReadKind(row, form);
    // What other columns say can only be understood of a known industry.
    bool measures_known = false;
    if (!form.kind.empty()) {
      measures_known = ReadMeasures(row, form);
      if (!IsEvent(form, catalogue_)) RefuseDates(row, form);
    }
    for (const RegisterStep step : kAskingSteps) {
      if (step == RegisterStep::kIndustry) continue;
      for (FormProblem& problem : CheckStep(form, step, catalogue_)) {
        // A session has proved its mailbox. An unknown measure is no missing one.
        const bool told = problem.field == "measure_ids" && !measures_known;
        if (problem.field == "email" || told) continue;
        const std::string heading = CsvHeadingOf(problem.field);
        Add(row.line, heading, std::move(problem));
      }
    }
    result_.venues.push_back(ToVenueDetails(form));
    result_.lines.push_back(row.line);
  }

  void ReadKind(const CsvRow& row, Form& form) {
    const std::string cell = CleanLine(Cell(row, "kind"));
    for (const catalogue::Industry& industry : catalogue_.industries()) {
      if (cell == industry.kind || cell == industry.name.In("ja")) form.kind = industry.kind;
    }
    if (!form.kind.empty()) return;
    Add(row.line, CsvHeadingOf("kind"),
        {"kind", cell.empty() ? "field.kind_missing" : "bulk.unknown_kind", {{"text", cell}}});
  }

  // False when a measure is unknown, and said to be.
  bool ReadMeasures(const CsvRow& row, Form& form) {
    bool known = true;
    const catalogue::Industry& industry = *catalogue_.FindIndustry(form.kind);
    for (const std::string& part : Parts(Cell(row, "measure_ids"))) {
      const auto found = std::find_if(
          industry.measures.begin(), industry.measures.end(), [&](const auto* measure) {
            return part == measure->id || part == measure->text.In("ja");
          });
      if (found == industry.measures.end()) {
        Add(row.line, CsvHeadingOf("measure_ids"),
            {"measure_ids", "bulk.unknown_measure", {{"text", part}}});
        known = false;
      } else if (std::find(form.measure_ids.begin(), form.measure_ids.end(), (*found)->id) ==
                 form.measure_ids.end()) {
        form.measure_ids.push_back((*found)->id);
      }
    }
    return known;
  }

  void RefuseDates(const CsvRow& row, const Form& form) {
    if (!form.event_start_time.empty() || !form.event_end_time.empty()) {
      Add(row.line, CsvHeadingOf("event_start_time"), {"event_start_time", "bulk.not_an_event"});
    }
  }

  bool ReadYes(const CsvRow& row, const char* field) {
    const std::string cell = CleanLine(Cell(row, field));
    if (cell == "はい" || cell == "yes") return true;
    if (!cell.empty() && cell != "いいえ" && cell != "no") {
      Add(row.line, CsvHeadingOf(field), {field, "bulk.not_yes_or_no"});
    }
    return false;
  }

  const catalogue::Catalogue& catalogue_;
  Places places_;
  VenueCsv result_;
};

std::string Quoted(const std::string& cell) {
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace

VenueCsv ReadVenueCsv(const std::string& bytes, const catalogue::Catalogue& catalogue) {
  return Reader(catalogue).Read(bytes);
}

std::string VenueCsvTemplate(const catalogue::Catalogue& catalogue) {
  const catalogue::Industry& industry = catalogue.industries().front();
  Cells headings;
  Cells example;
  for (const Column& column : kColumns) {
    headings.push_back(Quoted(column.heading));
    std::string cell = column.example;
    if (std::string_view(column.field) == "kind") cell = industry.name.In("ja");
    if (std::string_view(column.field) == "measure_ids") {
      Cells texts;
      for (size_t i = 0; i < std::min(kExampleMeasures, industry.measures.size()); ++i) {
        texts.push_back(industry.measures[i]->text.In("ja"));
      }
      cell = absl::StrJoin(texts, ";");
    }
    example.push_back(Quoted(cell));
  }
  return absl::StrCat("\xEF\xBB\xBF", absl::StrJoin(headings, ","), "\r\n",
                      absl::StrJoin(example, ","), "\r\n");
}

std::string MeasureCsv(const catalogue::Catalogue& catalogue) {
  std::string csv = "\xEF\xBB\xBF\"業種\",\"記号\",\"対策\"\r\n";
  for (const catalogue::Industry& industry : catalogue.industries()) {
    for (const catalogue::Measure* measure : industry.measures) {
      absl::StrAppend(&csv, Quoted(industry.name.In("ja")), ",", Quoted(measure->id), ",",
                      Quoted(measure->text.In("ja")), "\r\n");
    }
  }
  return csv;
}

std::string CsvHeadingOf(const std::string& field) {
  const size_t column = ColumnNamed(field);
  return column == kColumnCount ? "" : kColumns[column].heading;
}

}  // namespace oshirase::gateway
