# cmake -DOUT=<file.cc> -DROOT=<dir> -DFILES=<a|b|...> -P embed_assets.cmake
# Writes the files below ROOT as byte arrays, with the function that view/assets.h declares.
string(REPLACE "|" ";" files "${FILES}")
set(arrays "")
set(entries "")
set(index 0)
foreach(file ${files})
  file(READ "${ROOT}/${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "constexpr char kAsset${index}[] = {${bytes}'\\0'};\n")
  string(APPEND entries "    {\"${file}\", {kAsset${index}, sizeof(kAsset${index}) - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUT}.new" "#include \"services/gateway/view/assets.h\"

namespace oshirase::gateway {
namespace {

${arrays}
constexpr Asset kAssets[] = {
${entries}};

}  // namespace

std::span<const Asset> Assets() { return kAssets; }

}  // namespace oshirase::gateway
")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT}.new")
