#include "services/gateway/backends/grpc_notifier_client.h"

#include "common/server/testing/test_server.h"
#include "services/gateway/testing/rpc_support.h"

namespace oshirase::gateway {
namespace {

class TestNotifier : public notifier::v1::NotifierService::Service {
 public:
  grpc::Status GetDayKeys(grpc::ServerContext* /*context*/,
                          const notifier::v1::GetDayKeysRequest* request,
                          notifier::v1::GetDayKeysResponse* response) override {
    for (const int day : request->days()) {
      auto* keys = response->add_keys();
      keys->set_day(day);
      keys->set_inner_key(std::string(key_size, 'i'));
      keys->set_tag_key(std::string(key_size, 't'));
    }
    return grpc::Status::OK;
  }
  grpc::Status RecordFollowChange(grpc::ServerContext* /*context*/,
                                  const notifier::v1::RecordFollowChangeRequest* request,
                                  notifier::v1::RecordFollowChangeResponse* /*response*/) override {
    change = *request;
    return grpc::Status::OK;
  }

  size_t key_size = 32;
  notifier::v1::RecordFollowChangeRequest change;
};

struct NotifierFixture {
  TestNotifier service;
  TestServer server{"notifier",
                    OpenTo("gateway", "/oshirase.notifier.v1.NotifierService/",
                           {"GetDayKeys", "RecordFollowChange"}),
                    {&service}};
  GrpcNotifierClient client{server.ChannelAsService("gateway")};
};

TEST_CASE("day keys arrive for the days asked, and keys of a wrong size are an error") {
  NotifierFixture fixture;
  const auto keys = fixture.client.GetDayKeys({Day{5}, Day{6}}, Call());
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 2);
  CHECK((*keys)[1].day == Day{6});
  CHECK((*keys)[1].inner_key.bytes()[31] == 'i');
  CHECK((*keys)[1].tag_key.bytes()[0] == 't');

  fixture.service.key_size = 31;
  CHECK_FALSE(fixture.client.GetDayKeys({Day{5}}, Call()).ok());
}

TEST_CASE("a follow change travels with its millisecond") {
  NotifierFixture fixture;
  Awaited<absl::Status> answer;
  fixture.client.RecordFollowChange({.user_id = {.bytes = {1, 2, 3}},
                                     .time = absl::FromUnixMillis(1591005600123),
                                     .following = true},
                                    Call(), answer.Done());

  CHECK(answer.Get().ok());
  CHECK(fixture.service.change.user_id() == std::string("\x01\x02\x03", 3) + std::string(13, '\0'));
  CHECK(fixture.service.change.event_time().seconds() == 1591005600);
  CHECK(fixture.service.change.event_time().nanos() == 123'000'000);
  CHECK(fixture.service.change.following());
}

}  // namespace
}  // namespace oshirase::gateway
