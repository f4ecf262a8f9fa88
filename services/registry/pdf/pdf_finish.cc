#include "services/registry/pdf/pdf_finish.h"

#include <exception>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include "absl/strings/str_cat.h"

namespace oshirase::registry::pdf {
namespace {

// Walks the tree in the order in which cairo made it and writes what `elements` add.
class StructureWriter {
 public:
  explicit StructureWriter(const std::vector<StructureElement>& elements) : elements_(elements) {}

  // Whether every element was met, and no other.
  bool Write(QPDFObjectHandle root) {
    WriteKids(root.getKey("/K"));
    return !strange_ && next_ == elements_.size();
  }

 private:
  void WriteKids(QPDFObjectHandle kids) {
    if (!kids.isArray()) return WriteKid(kids);
    for (int i = 0; i < kids.getArrayNItems(); ++i) WriteKid(kids.getArrayItem(i));
  }

  void WriteKid(QPDFObjectHandle kid) {
    // The others are numbers: pieces of a page's content.
    if (!kid.isDictionary() || !kid.hasKey("/S")) return;
    if (next_ == elements_.size() || kid.getKey("/S").getName() != "/" + elements_[next_].type) {
      strange_ = true;
      return;
    }
    const StructureElement& element = elements_[next_++];
    const auto add = [&kid](const char* key, const std::string& text) {
      if (!text.empty()) kid.replaceKey(key, QPDFObjectHandle::newUnicodeString(text));
    };
    add("/Alt", element.alternative);
    add("/Lang", element.language);
    WriteKids(kid.getKey("/K"));
  }

  const std::vector<StructureElement>& elements_;
  size_t next_ = 0;
  bool strange_ = false;
};

std::string Written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  // cairo's streams are deflated already.
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

absl::StatusOr<std::string> FinishPdf(const std::string& pdf,
                                      const std::vector<StructureElement>& elements) {
  // qpdf throws; nothing of that leaves this function.
  try {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("sheet", pdf.data(), pdf.size());
    auto root = document.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString("ja-JP"));
    auto preferences = QPDFObjectHandle::newDictionary();
    preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    root.replaceKey("/ViewerPreferences", preferences);
    if (!StructureWriter(elements).Write(root.getKey("/StructTreeRoot"))) {
      return absl::InternalError("the document's structure is not what was drawn");
    }
    return Written(document);
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("qpdf: ", error.what()));
  }
}

}  // namespace oshirase::registry::pdf
