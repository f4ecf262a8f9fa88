// Looking at the register: `register find`, `show`, `counts` and `export`.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "tools/authority/charts.h"
#include "tools/authority/commands.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/files.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/register_csv.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority {

absl::Status FindInRegister(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto filter, TypedFilter(options.entry.filter));
  std::optional<size_t> limit;
  if (!options.entry.all) limit = static_cast<size_t>(options.entry.limit);
  ASSIGN_OR_RETURN(const auto found, FindEntries(session, filter, limit));
  auto list = nlohmann::json::array();
  for (const auto& entry : found.entries) list.push_back(ToJson(entry));
  if (found.entries.empty()) Tell("見つかりませんでした。");
  Print(options, Dump(list), found.entries.empty() ? "" : EntriesText(found.entries));
  if (found.more) Tell("ほかにもあります。--all ですべて、--limit N で N 件まで表示します。");
  return absl::OkStatus();
}

absl::Status ShowEntry(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto key, TypedEntryKey(options.id));
  ASSIGN_OR_RETURN(const auto entry, ReadEntry(session, key));
  Print(options, Dump(ToJson(entry)), EntryText(entry));
  return absl::OkStatus();
}

absl::Status ShowCounts(Session& session, const Options& options) {
  const auto& plot = options.entry.plot;
  if (!plot.empty() && !absl::EndsWithIgnoreCase(plot, ".svg")) {
    return WrongUse("--plot のファイル名は .svg で終えてください");
  }
  ASSIGN_OR_RETURN(const auto counts, CountRegister(session));
  const auto charts = ChartsOf(counts);
  if (!plot.empty()) {
    RETURN_IF_ERROR(WriteOutput(plot, SvgCharts(charts)));
    Tell(absl::StrCat("図を書きました: ", plot));
  }
  std::string text;
  for (const auto& chart : charts) absl::StrAppend(&text, TerminalChart(chart), "\n");
  Print(options, Dump(ToJson(counts)), text);
  return absl::OkStatus();
}

absl::Status ExportToCsv(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto filter, TypedFilter(options.entry.filter));
  ASSIGN_OR_RETURN(auto file, OutputFile::Create(options.entry.output));
  RETURN_IF_ERROR(file.Write(RegisterCsvHead()));
  int64_t entries = 0;
  RETURN_IF_ERROR(ExportRegister(session, filter, [&](const registry::v1::RegisterEntry& entry) {
    ++entries;
    return file.Write(RegisterCsvRow(entry));
  }));
  RETURN_IF_ERROR(file.Finish());
  Tell("事業者の連絡先が入っています。取り扱いに注意してください。");
  Print(options, Dump({{"file", options.entry.output}, {"entries", entries}}),
        absl::StrCat(entries, " 件を書きました: ", options.entry.output));
  return absl::OkStatus();
}

}  // namespace oshirase::authority
