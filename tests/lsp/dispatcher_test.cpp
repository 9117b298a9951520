#include "lsp/dispatcher.h"

#include <spdlog/sinks/null_sink.h>
#include <stdexcept>

#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

/// A dispatcher with a few methods, and what it sent.
struct Fixture {
  std::vector<std::string> sent;
  std::vector<std::string> notified;
  std::vector<Reply> kept;
  bool open = true;
  Dispatcher dispatcher{
      [this](const Outgoing& message) { sent.push_back(message.body); },
      std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::null_sink_mt>()),
      [this](std::string_view) {
        return open ? std::nullopt : std::optional(ResponseError{ErrorCode::ServerNotInitialized, "closed"});
      }};

  Fixture() {
    dispatcher.on_request("echo", [](Json& params, Reply& reply) { reply(std::move(params)); });
    dispatcher.on_request("twice", [](Json&, Reply& reply) {
      reply(1);
      reply(2);
    });
    dispatcher.on_request("forget", [](Json&, Reply&) {});
    dispatcher.on_request("keep", [this](Json&, Reply& reply) { kept.push_back(std::move(reply)); });
    dispatcher.on_request("throw", [](Json&, Reply&) { throw std::runtime_error("a bug"); });
    dispatcher.on_request("keep and throw", [](Json&, Reply& reply) {
      const Reply mine = std::move(reply);
      throw std::runtime_error("a bug");
    });
    dispatcher.on_request("needs x",
                          [](const Json& params, Reply& reply) { reply(params.at("x").get<std::string>()); });
    dispatcher.on_notification("note", [this](const Json& params) { notified.push_back(to_body(params)); });
    dispatcher.on_notification("bad note", [](const Json& params) { (void)params.at("x"); });
  }

  /// The bodies that answer `message`, each without its "jsonrpc".
  std::vector<std::string> answers(std::string_view message) {
    sent.clear();
    dispatcher.dispatch(parse_message(message));
    return bodies();
  }
  std::vector<std::string> bodies() {
    std::vector<std::string> result;
    for (const std::string& body : sent) {
      Json json = Json::parse(body);
      CHECK(json["jsonrpc"] == "2.0");
      json.erase("jsonrpc");
      if (json.contains("error")) json["error"].erase("message");
      result.push_back(json.dump());
    }
    return result;
  }
};

std::string error(std::string_view id, int code) {
  return R"({"error":{"code":)" + std::to_string(code) + R"(},"id":)" + std::string(id) + "}";
}

}  // namespace

TEST_CASE("dispatcher: every request gets exactly one reply") {
  struct Case {
    std::string message;
    std::vector<std::string> expected;
  };
  const Case cases[] = {
      {R"({"jsonrpc":"2.0","id":1,"method":"echo","params":{"a":1}})", {R"({"id":1,"result":{"a":1}})"}},
      {R"({"jsonrpc":"2.0","id":"x","method":"echo","params":[1]})", {R"({"id":"x","result":[1]})"}},
      {R"({"jsonrpc":"2.0","id":1,"method":"echo"})", {R"({"id":1,"result":{}})"}},
      {R"({"jsonrpc":"2.0","id":1,"method":"echo","params":null})", {R"({"id":1,"result":{}})"}},
      {R"({"jsonrpc":"2.0","id":1,"method":"twice"})", {R"({"id":1,"result":1})"}},
      {R"({"jsonrpc":"2.0","id":1,"method":"forget"})", {error("1", -32603)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"throw"})", {error("1", -32603)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"keep and throw"})", {error("1", -32603)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"needs x"})", {error("1", -32602)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"needs x","params":{"x":2}})", {error("1", -32602)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"needs x","params":"text"})", {error("1", -32602)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"unknown"})", {error("1", -32601)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"$/unknown"})", {error("1", -32601)}},
      {R"({"jsonrpc":"2.0","id":1,"method":"note"})", {error("1", -32601)}},
      // What is no request.
      {R"({"jsonrpc":"2.0","method":"unknown"})", {}},
      {R"({"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}})", {}},
      {R"({"jsonrpc":"2.0","method":"echo"})", {}},
      {R"({"jsonrpc":"2.0","method":"bad note"})", {}},
      {R"({"jsonrpc":"2.0","id":7,"result":null})", {}},
      {R"({"jsonrpc":"2.0","id":7,"error":{"code":1,"message":""}})", {}},
      // What is no message.
      {"{", {error("null", -32700)}},
      {"", {error("null", -32700)}},
      {std::string(100'000, '['), {error("null", -32700)}},
      {"[]", {error("null", -32600)}},
      {R"([{"jsonrpc":"2.0","id":1,"method":"echo"}])", {error("null", -32600)}},
      {"1", {error("null", -32600)}},
      {"null", {error("null", -32600)}},
      {"{}", {error("null", -32600)}},
      {R"({"id":3})", {error("3", -32600)}},
      {R"({"id":3,"method":5})", {error("3", -32600)}},
      {R"({"id":null,"method":"echo"})", {error("null", -32600)}},
      {R"({"id":1.5,"method":"echo"})", {error("null", -32600)}},
      {R"({"id":{},"method":"echo"})", {error("null", -32600)}},
  };
  Fixture fixture;
  for (const Case& item : cases) {
    INFO(item.message.substr(0, 200));
    CHECK(fixture.answers(item.message) == item.expected);
  }
}

TEST_CASE("dispatcher: notifications reach their handler") {
  Fixture fixture;
  CHECK(fixture.answers(R"({"jsonrpc":"2.0","method":"note","params":{"a":1}})").empty());
  CHECK(fixture.notified == std::vector<std::string>{R"({"a":1})"});
}

TEST_CASE("dispatcher: what the gate refuses") {
  Fixture fixture;
  fixture.open = false;
  CHECK(fixture.answers(R"({"id":1,"method":"echo"})") == std::vector{error("1", -32002)});
  CHECK(fixture.answers(R"({"id":1,"method":"unknown"})") == std::vector{error("1", -32002)});
  CHECK(fixture.answers(R"({"method":"note"})").empty());
  CHECK(fixture.notified.empty());
}

TEST_CASE("dispatcher: a request that is answered later can be cancelled") {
  Fixture fixture;
  CHECK(fixture.answers(R"({"id":1,"method":"keep"})").empty());
  CHECK(fixture.answers(R"({"id":"1","method":"keep"})").empty());
  REQUIRE(fixture.kept.size() == 2);

  CHECK(fixture.answers(R"({"method":"$/cancelRequest","params":{"id":1}})") == std::vector{error("1", -32800)});
  CHECK(fixture.kept[0].stop()->load());
  CHECK_FALSE(fixture.kept[1].stop()->load());

  // Cancelled twice, cancelled without having been asked, cancelled wrongly: nothing.
  CHECK(fixture.answers(R"({"method":"$/cancelRequest","params":{"id":1}})").empty());
  CHECK(fixture.answers(R"({"method":"$/cancelRequest","params":{"id":9}})").empty());
  CHECK(fixture.answers(R"({"method":"$/cancelRequest","params":{}})").empty());

  fixture.kept[0](Json("late"));
  fixture.kept[1](Json("in time"));
  CHECK(fixture.bodies() == std::vector<std::string>{R"({"id":"1","result":"in time"})"});
  fixture.kept.clear();
  CHECK(fixture.sent.size() == 1);
  CHECK(fixture.answers(R"({"method":"$/cancelRequest","params":{"id":"1"}})").empty());
}

TEST_CASE("dispatcher: a reply that outlives the dispatcher is still sent") {
  std::vector<std::string> sent;
  std::optional<Reply> kept;
  {
    Dispatcher dispatcher([&](const Outgoing& message) { sent.push_back(message.body); },
                          std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::null_sink_mt>()),
                          [](std::string_view) { return std::nullopt; });
    dispatcher.on_request("keep", [&](Json&, Reply& reply) { kept.emplace(std::move(reply)); });
    dispatcher.dispatch(parse_message(R"({"id":1,"method":"keep"})"));
  }
  CHECK(sent.empty());
  kept.reset();
  CHECK(sent.size() == 1);
}

TEST_CASE("dispatcher: what the client answers comes to who asked, once") {
  Fixture f;
  std::vector<std::string> got;
  const auto note = [&](const Outcome& answer) {
    got.push_back(answer.error ? "error " + answer.error->message : answer.value.dump());
  };
  f.dispatcher.ask("a", {{"x", 1}}, note);
  f.dispatcher.ask("b", nullptr, note);
  CHECK(f.bodies() == std::vector<std::string>{R"({"id":1,"method":"a","params":{"x":1}})",
                                               R"({"id":2,"method":"b","params":null})"});
  CHECK(f.answers(R"({"id":2,"result":[7]})").empty());
  CHECK(f.answers(R"({"id":1,"error":{"code":-32601,"message":"no such method"}})").empty());
  CHECK(got == std::vector<std::string>{"[7]", "error no such method"});
  // Answers to nothing, and answers that are none.
  for (const char* message : {R"({"id":2,"result":[7]})", R"({"id":"2","result":1})", R"({"id":9,"result":1})",
                              R"({"result":1})", R"({"id":null,"error":{"code":1,"message":""}})"})
    CHECK(f.answers(message).empty());
  f.dispatcher.ask("c", nullptr, note);
  CHECK(f.answers(R"({"id":3,"error":"no"})").empty());
  f.dispatcher.ask("d", nullptr, [](const Outcome&) { throw std::runtime_error("a bug"); });
  CHECK(f.answers(R"({"id":4,"result":1})").empty());
  CHECK(got.size() == 2);
}

TEST_CASE("dispatcher: a client that never answers costs no more than a bounded number of questions") {
  Fixture f;
  std::size_t answered = 0;
  for (std::size_t i = 0; i <= Dispatcher::kMostAsked; ++i)
    f.dispatcher.ask("a", nullptr, [&](const Outcome&) { ++answered; });
  for (std::size_t i = 0; i <= Dispatcher::kMostAsked; ++i)
    CHECK(f.answers(R"({"result":1,"id":)" + std::to_string(i + 1) + "}").empty());
  CHECK(answered == Dispatcher::kMostAsked);
}

}  // namespace quaymaster::lsp
