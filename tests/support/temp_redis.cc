#include "tests/support/temp_redis.h"

#include <hiredis/hiredis.h>

#include <stdexcept>

#include "tests/support/temp_server.h"

namespace oshirase::testing {
namespace {

struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

// Whether the server answers `command` without an error.
bool Ask(const std::string& socket, const std::string& command) {
  const std::unique_ptr<redisContext, FreeContext> context(redisConnectUnix(socket.c_str()));
  if (context == nullptr || context->err != 0) return false;
  const std::unique_ptr<redisReply, FreeReply> reply(
      static_cast<redisReply*>(redisCommand(context.get(), command.c_str())));
  return reply != nullptr && reply->type != REDIS_REPLY_ERROR;
}

}  // namespace

class TempRedis::Impl {
 public:
  Impl() { Start(); }
  ~Impl() { server_.Kill(); }  // in order, it would take a tenth of a second

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const std::string& socket() const { return socket_; }
  TempServer& server() { return server_; }

  void Start() {
    server_.Spawn({"redis-server", "--port", "0", "--unixsocket", socket_, "--save", "",
                   "--appendonly", "no", "--dir", server_.folder(), "--enable-debug-command",
                   "local"});
    server_.WaitUntil([this] { return Ask(socket_, "PING"); });
  }

  void Command(const std::string& command) {
    if (!Ask(socket_, command)) throw std::runtime_error("redis did not carry out " + command);
  }

 private:
  TempServer server_{"oshirase-redis-"};
  const std::string socket_ = server_.folder() + "/redis.sock";
};

TempRedis::TempRedis() : impl_(std::make_unique<Impl>()) {}

TempRedis::~TempRedis() = default;

std::string TempRedis::url() const { return "unix://" + socket_path(); }

const std::string& TempRedis::socket_path() const { return impl_->socket(); }

void TempRedis::Flush() {
  impl_->Command("FLUSHALL");
  impl_->Command("SCRIPT FLUSH");
}

void TempRedis::Kill() { impl_->server().Kill(); }

void TempRedis::Restart() {
  Kill();
  impl_->Start();
}

void TempRedis::Pause(absl::Duration duration) {
  impl_->Command("CLIENT PAUSE " + std::to_string(absl::ToInt64Milliseconds(duration)) + " ALL");
}

void TempRedis::Freeze() { impl_->server().Stop(); }

void TempRedis::Resume() { impl_->server().Continue(); }

}  // namespace oshirase::testing
