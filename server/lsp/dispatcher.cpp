#include "lsp/dispatcher.h"

#include <algorithm>
#include <utility>

namespace quaymaster::lsp {
namespace {

bool valid_id(const Json& id) { return id.is_string() || id.is_number_integer(); }

void send_json(const Send& send, const Json& message) { send({Outgoing::Kind::Reply, to_body(message)}); }

}  // namespace

Dispatcher::Dispatcher(Send send, std::shared_ptr<spdlog::logger> log, Gate gate)
    : outstanding_(std::make_shared<Outstanding>()), log_(std::move(log)), gate_(std::move(gate)) {
  outstanding_->send = std::move(send);
  on_notification("$/cancelRequest", [this](const Json& params) { cancel(params); });
}

void Dispatcher::on_request(std::string method, RequestHandler handler) {
  requests_.emplace(std::move(method), std::move(handler));
}

void Dispatcher::on_notification(std::string method, NotificationHandler handler) {
  notifications_.emplace(std::move(method), std::move(handler));
}

std::vector<std::string> Dispatcher::methods() const {
  std::vector<std::string> all;
  for (const auto& [method, handler] : requests_) all.push_back(method);
  for (const auto& [method, handler] : notifications_) all.push_back(method);
  std::ranges::sort(all);
  return all;
}

void Dispatcher::ask(std::string_view method, Json params, std::function<void(Outcome)> answered) {
  if (asked_.size() == kMostAsked) asked_.erase(asked_.begin());
  asked_.emplace(++last_asked_, std::move(answered));
  Json message = make_notification(method, std::move(params));
  message["id"] = last_asked_;
  send_json(outstanding_->send, message);
}

void Dispatcher::take_answer(Json& message) {
  const Json id = message.value("id", Json());
  const auto found = id.is_number_integer() ? asked_.find(id.get<std::int64_t>()) : asked_.end();
  if (found == asked_.end()) return log_->debug("an answer to nothing that was asked");
  const auto answered = std::move(found->second);
  asked_.erase(found);
  try {
    if (!message.contains("error")) return answered(std::move(message.at("result")));
    const Json& error = message.at("error");
    answered(
        ResponseError{static_cast<ErrorCode>(error.at("code").get<int>()), error.at("message").get<std::string>()});
  } catch (const Json::exception& error) {
    log_->warn("unexpected answer: {}", error.what());
  } catch (const std::exception& error) {
    log_->error("an answer: {}", error.what());
  }
}

void Dispatcher::dispatch(Outcome parsed) {
  if (parsed.error) return refuse(nullptr, std::move(*parsed.error));
  Json& message = parsed.value;
  if (message.is_array())
    return refuse(nullptr, {ErrorCode::InvalidRequest, "the protocol has no batches: send the messages one by one"});
  if (!message.is_object()) return refuse(nullptr, {ErrorCode::InvalidRequest, "a message is an object"});

  const auto id = message.find("id");
  const auto method = message.find("method");
  if (method == message.end()) {
    if (message.contains("result") || message.contains("error")) return take_answer(message);
    return refuse(id != message.end() && valid_id(*id) ? *id : Json(), {ErrorCode::InvalidRequest, "no method"});
  }
  if (id != message.end() && !valid_id(*id))
    return refuse(nullptr, {ErrorCode::InvalidRequest, "an id is a string or a whole number"});
  if (!method->is_string())
    return refuse(id != message.end() ? *id : Json(), {ErrorCode::InvalidRequest, "a method is a string"});

  Json no_params = Json::object();
  const auto found = message.find("params");
  Json& params = found == message.end() || found->is_null() ? no_params : *found;
  if (id == message.end()) return dispatch_notification(method->get_ref<const std::string&>(), params);
  dispatch_request(*id, method->get_ref<const std::string&>(), params);
}

void Dispatcher::dispatch_request(const Json& id, const std::string& method, Json& params) {
  if (auto error = gate_(method)) return refuse(id, std::move(*error));
  const auto handler = requests_.find(method);
  if (handler == requests_.end()) return refuse(id, {ErrorCode::MethodNotFound, "unknown method: " + method});

  const auto request = std::make_shared<PendingRequest>();
  const std::string key = to_body(id);
  request->send = [outstanding = outstanding_, key, id](Outcome outcome) {
    outstanding->requests.erase(key);
    send_json(outstanding->send,
              outcome.error ? make_error(id, *outcome.error) : make_response(id, std::move(outcome.value)));
  };
  outstanding_->requests[key] = request;

  Reply reply(request);
  try {
    handler->second(params, reply);
  } catch (const Json::exception& error) {
    log_->warn("{}: unexpected parameters: {}", method, error.what());
    request->answer(ResponseError{ErrorCode::InvalidParams, "unexpected parameters"});
  } catch (const std::exception& error) {
    log_->error("{}: {}", method, error.what());
    request->answer(ResponseError{ErrorCode::InternalError, "the server failed to answer; see its log"});
  }
}

void Dispatcher::dispatch_notification(const std::string& method, Json& params) {
  if (gate_(method)) return;
  const auto handler = notifications_.find(method);
  if (handler == notifications_.end()) {
    if (!method.starts_with("$/")) log_->debug("ignored the notification {}", method);
    return;
  }
  try {
    handler->second(params);
  } catch (const Json::exception& error) {
    log_->warn("{}: unexpected parameters: {}", method, error.what());
  } catch (const std::exception& error) {
    log_->error("{}: {}", method, error.what());
  }
}

void Dispatcher::refuse(const Json& id, ResponseError error) {
  if (id.is_null()) log_->warn("refused a message: {}", error.message);
  send_json(outstanding_->send, make_error(id, error));
}

void Dispatcher::cancel(const Json& params) {
  const auto found = outstanding_->requests.find(to_body(params.at("id")));
  if (found == outstanding_->requests.end()) return;  // answered already
  if (const auto request = found->second.lock()) {
    request->stop->store(true);
    request->answer(ResponseError{ErrorCode::RequestCancelled, "cancelled by the client"});
  }
}

}  // namespace quaymaster::lsp
