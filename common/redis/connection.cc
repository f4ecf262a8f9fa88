#include "common/redis/connection.h"

#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/time.h>

#include <utility>

#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::redis {
namespace {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

bool IsNoScript(const Reply& reply) { return ReasonOf(reply.status()) == "REDIS_NOSCRIPT"; }

// The EVAL form of an EVALSHA command: it runs the script and lets the server remember it.
Command WithText(Command command, const Script& script) {
  command[0] = "EVAL";
  command[1] = script.text();
  return command;
}

Reply FromHiredis(const redisReply& reply) {
  switch (reply.type) {
    case REDIS_REPLY_NIL:
      return Reply(Reply::Nil());
    case REDIS_REPLY_INTEGER:
      return Reply(int64_t{reply.integer});
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      return Reply(std::string(reply.str, reply.len));
    case REDIS_REPLY_ARRAY: {
      std::vector<Reply> elements;
      elements.reserve(reply.elements);
      for (size_t i = 0; i < reply.elements; ++i) {
        elements.push_back(FromHiredis(*reply.element[i]));
      }
      return Reply(std::move(elements));
    }
    case REDIS_REPLY_ERROR:
      return Reply(StatusOfErrorReply(std::string(reply.str, reply.len)));
    default:
      return Reply(absl::InternalError("redis answered with an unknown kind of value"));
  }
}

redisContext* Connect(const Address& address, timeval timeout) {
  if (!address.path.empty()) return redisConnectUnixWithTimeout(address.path.c_str(), timeout);
  return redisConnectWithTimeout(address.host.c_str(), address.port, timeout);
}

}  // namespace

void Connection::Free::operator()(redisContext* context) const { redisFree(context); }

Connection::Connection(std::unique_ptr<redisContext, Free> context)
    : context_(std::move(context)) {}

Connection::~Connection() = default;

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const Address& address,
                                                             const Timeouts& timeouts) {
  std::unique_ptr<redisContext, Free> context(Connect(address, absl::ToTimeval(timeouts.connect)));
  if (context == nullptr || context->err != 0 ||
      redisSetTimeout(context.get(), absl::ToTimeval(timeouts.command)) != REDIS_OK) {
    return absl::UnavailableError("redis cannot be reached");
  }
  return std::unique_ptr<Connection>(new Connection(std::move(context)));
}

absl::Status Connection::Break() {
  context_.reset();
  return absl::UnavailableError("redis broke off or did not answer in time");
}

absl::Status Connection::Append(const Command& command) {
  if (context_ == nullptr) return absl::UnavailableError("the redis connection is broken");
  std::vector<const char*> arguments;
  std::vector<size_t> lengths;
  arguments.reserve(command.size());
  lengths.reserve(command.size());
  for (const auto& argument : command) {
    arguments.push_back(argument.data());
    lengths.push_back(argument.size());
  }
  if (redisAppendCommandArgv(context_.get(), static_cast<int>(command.size()), arguments.data(),
                             lengths.data()) != REDIS_OK) {
    return Break();
  }
  return absl::OkStatus();
}

absl::StatusOr<Reply> Connection::Read() {
  void* answer = nullptr;
  if (redisGetReply(context_.get(), &answer) != REDIS_OK || answer == nullptr) return Break();
  const std::unique_ptr<redisReply, FreeReply> reply(static_cast<redisReply*>(answer));
  return FromHiredis(*reply);
}

absl::StatusOr<Reply> Connection::Run(const Command& command) {
  RETURN_IF_ERROR(Append(command));
  ASSIGN_OR_RETURN(auto reply, Read());
  RETURN_IF_ERROR(reply.status());
  return reply;
}

absl::StatusOr<Reply> Connection::Run(const Script& script, const ScriptCall& call) {
  Pipeline pipeline;
  pipeline.Add(script, call);
  ASSIGN_OR_RETURN(auto replies, Run(pipeline));
  RETURN_IF_ERROR(replies.front().status());
  return std::move(replies.front());
}

absl::StatusOr<std::vector<Reply>> Connection::Run(const Pipeline& pipeline) {
  const auto& steps = pipeline.steps_;
  for (const auto& step : steps) RETURN_IF_ERROR(Append(step.command));
  std::vector<Reply> replies;
  replies.reserve(steps.size());
  for (size_t i = 0; i < steps.size(); ++i) {
    ASSIGN_OR_RETURN(auto reply, Read());
    replies.push_back(std::move(reply));
  }
  RETURN_IF_ERROR(RepeatUnknownScripts(steps, replies));
  return replies;
}

absl::Status Connection::RepeatUnknownScripts(const std::vector<Pipeline::Step>& steps,
                                              std::vector<Reply>& replies) {
  std::vector<size_t> unknown;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].script == nullptr || !IsNoScript(replies[i])) continue;
    // Only the first needs the text; but that call may fail in ways that forget it again.
    RETURN_IF_ERROR(Append(WithText(steps[i].command, *steps[i].script)));
    unknown.push_back(i);
  }
  for (const size_t i : unknown) {
    ASSIGN_OR_RETURN(auto reply, Read());
    replies[i] = std::move(reply);
  }
  return absl::OkStatus();
}

bool Connection::broken() const {
  if (context_ == nullptr) return true;
  // An idle connection receives nothing but its end.
  pollfd state = {.fd = context_->fd, .events = POLLIN, .revents = 0};
  return poll(&state, 1, 0) != 0;
}

}  // namespace oshirase::redis
