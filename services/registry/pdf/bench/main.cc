// sheet_bench: draws sheets like those of real venues, to be looked at (--out) or measured
// (--count): documents per second, bytes of one, and the most memory the process ever held.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "common/status/macros.h"
#include "services/registry/pdf/pdf_document_renderer.h"
#include "services/registry/pdf/testing/example_sheets.h"

namespace oshirase::registry::pdf {
namespace {

struct Options {
  std::string kind = "certificate";
  int measures = 15;
  std::string name;
  std::string dates;
  bool unlisted = false;
  bool drill = false;
  std::string out;
  int count = 0;
  int threads = 1;
};

template <typename Sheet>
Sheet Adapted(Sheet sheet, const Options& options) {
  if (!options.name.empty()) sheet.venue_name = options.name;
  sheet.event_dates = options.dates;
  sheet.drill = options.drill;
  return sheet;
}

Document DocumentOf(const Options& options) {
  if (options.kind == "certificate") {
    auto sheet = Adapted(ExampleCertificate(options.measures), options);
    if (options.unlisted) sheet.venue_address.clear();
    return Certificate{sheet};
  }
  const auto sheet = Adapted(ExampleCheckInSheet(), options);
  if (options.kind == "poster") return Poster{sheet};
  if (options.kind == "tent") return TableTent{sheet};
  return Stickers{sheet};
}

// As a batch does: each certificate of another venue.
Document Numbered(Document document, int number) {
  std::visit(
      [number](auto& kind) { kind.sheet.venue_name += " " + std::to_string(number) + "号店"; },
      document);
  return document;
}

absl::Status Measure(PdfDocumentRenderer& renderer, const Document& document,
                     const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (int i = 0; i < options.threads; ++i) {
    threads.emplace_back([&, i] {
      for (int n = i; n < options.count; n += options.threads) {
        if (!renderer.Render(Numbered(document, n)).ok()) std::abort();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  rusage used = {};
  getrusage(RUSAGE_SELF, &used);
  const double cpu = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  ASSIGN_OR_RETURN(const std::string pdf, renderer.Render(document));
  std::printf("%d documents, %.1f/s, %.1f per CPU second, %zu bytes each, %.1f MiB at most\n",
              options.count, options.count / taken.count(), options.count / cpu, pdf.size(),
              static_cast<double>(used.ru_maxrss) / 1024);
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  ASSIGN_OR_RETURN(const auto renderer, PdfDocumentRenderer::Create());
  const Document document = DocumentOf(options);
  if (!options.out.empty()) {
    ASSIGN_OR_RETURN(const std::string pdf, renderer->Render(document));
    std::ofstream(options.out, std::ios::binary) << pdf;
  }
  return options.count > 0 ? Measure(*renderer, document, options) : absl::OkStatus();
}

}  // namespace
}  // namespace oshirase::registry::pdf

int main(int argc, char** argv) {
  oshirase::registry::pdf::Options options;
  CLI::App app("Draws sheets of example venues.");
  app.add_option("--kind", options.kind, "which sheet")
      ->check(CLI::IsMember({"certificate", "poster", "tent", "stickers"}));
  app.add_option("--measures", options.measures, "of a certificate")->check(CLI::Range(1, 100));
  app.add_option("--name", options.name, "of the venue");
  app.add_option("--dates", options.dates, "of an event");
  app.add_flag("--unlisted", options.unlisted, "without the address");
  app.add_flag("--drill", options.drill, "of a drill venue");
  app.add_option("--out", options.out, "file to write one document to");
  app.add_option("--count", options.count, "documents to draw for measuring");
  app.add_option("--threads", options.threads, "that draw them")->check(CLI::Range(1, 64));
  CLI11_PARSE(app, argc, argv);
  if (const auto status = oshirase::registry::pdf::Run(options); !status.ok()) {
    std::cerr << "sheet_bench: " << status << "\n";
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
