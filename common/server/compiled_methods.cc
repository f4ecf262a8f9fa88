#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/server/access_policy.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor_database.h"

namespace oshirase {
namespace {

void AppendMethods(const google::protobuf::ServiceDescriptor& service,
                   std::vector<std::string>& methods) {
  for (int i = 0; i < service.method_count(); ++i) {
    methods.push_back(absl::StrCat("/", service.full_name(), "/", service.method(i)->name()));
  }
}

}  // namespace

std::vector<std::string> CompiledMethods(absl::string_view prefix) {
  // The pool finds files by name only; the database behind it is what knows their names.
  using google::protobuf::DescriptorPool;
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::vector<std::string> methods;
  for (const std::string& name : files) {
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    for (int i = 0; i < file->service_count(); ++i) {
      const auto& service = *file->service(i);
      if (absl::StartsWith(service.full_name(), prefix)) AppendMethods(service, methods);
    }
  }
  std::sort(methods.begin(), methods.end());
  return methods;
}

std::vector<std::string> MethodsWithoutRow(const AccessPolicy& policy, absl::string_view prefix) {
  std::vector<std::string> methods = CompiledMethods(prefix);
  methods.erase(std::remove_if(methods.begin(), methods.end(),
                               [&](const std::string& method) { return policy.HasRow(method); }),
                methods.end());
  return methods;
}

}  // namespace oshirase
