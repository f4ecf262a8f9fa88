// Arranges the measures of a certificate: as large as the page allows, in one column or two, and on
// further pages when even the smallest letters do not fit one.
#pragma once

#include <vector>

#include "services/registry/domain/documents.h"
#include "services/registry/pdf/canvas.h"
#include "services/registry/pdf/drawing.h"

namespace oshirase::registry::pdf {

// Sets the measures once, for one certificate.
class MeasureFlow {
 public:
  // `first` is the area on the first page, `further` on each that follows. `typesetter` and
  // `groups` must outlive the flow.
  struct Pages {
    Box first;
    Box further;
  };
  MeasureFlow(Typesetter& typesetter, const std::vector<MeasureGroup>& groups, const Pages& pages);

  int page_count() const { return static_cast<int>(pages_.size()); }

  // Draws the measures of one page, counted from 0. Pages are drawn in their order.
  void Draw(Canvas& canvas, int page) const;

 private:
  // How letters and columns are set.
  struct Setting {
    double size = 0;
    int columns = 1;
  };
  // A heading or a measure, set.
  struct Piece {
    TextBlock block;
    size_t group = 0;
    bool is_heading = false;
    double gap_before = 0;  // to what is above it in its column
  };
  // A run of pieces, [first, last).
  struct Column {
    size_t first = 0;
    size_t last = 0;
  };
  using Page = std::vector<Column>;

  double ColumnWidth(const Setting& setting) const;
  const Box& AreaOf(int page) const { return page == 0 ? areas_.first : areas_.further; }
  void MeasureWidths(const std::vector<MeasureGroup>& groups);
  double LeastHeight(const Setting& setting) const;
  bool Arrange(const Setting& setting, int page_count);
  void SetPieces(const Setting& setting);
  // The room for a group's name above measures that are parted from it; 0 when there is none.
  double RepeatedHeading(size_t first) const;
  double HeightOf(const Column& column) const;
  static double GapsOf(const Column& column);
  size_t Fill(size_t first, double height) const;
  Page Balance(size_t first, double height) const;
  void DrawColumn(Canvas& canvas, const Column& column, const Box& area, double stretch) const;
  void DrawHeading(Canvas& canvas, const TextBlock& heading, const Area& area) const;
  void DrawMeasure(Canvas& canvas, const Piece& piece, double x, double y) const;

  Typesetter& typesetter_;
  const std::vector<MeasureGroup>& groups_;
  Pages areas_;
  Setting setting_;
  std::vector<double> widths_;  // of each measure in one line, at size 1
  std::vector<Piece> pieces_;
  std::vector<double> heading_heights_;  // by group; 0 for one without a name
  std::vector<Page> pages_;
};

}  // namespace oshirase::registry::pdf
