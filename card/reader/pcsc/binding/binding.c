/*
 * PC/SC for Node, one function for one call, over Node-API: a build serves every Node and every Electron. Each function
 * answers a promise of [code, ...]; a code is an outcome, not an exception. Calls block, so each runs on a thread of Node's
 * pool; `cancel` alone is made where it is asked, for it is there to end a call that blocks.
 */

#include "job.h"

#include <stdlib.h>

static void execute(napi_env env, void *data) {
  (void)env;
  job_run(data);
}

static void complete(napi_env env, napi_status status, void *data) {
  job *done = data;
  if (status == napi_cancelled) done->code = (uint32_t)SCARD_E_CANCELLED;
  napi_resolve_deferred(env, done->deferred, job_answer(env, done));
  napi_delete_async_work(env, done->work);
  job_free(done);
}

static napi_value start(napi_env env, napi_callback_info info, operation op) {
  napi_value promise, label;
  job *fresh = job_new(op);
  if (fresh == NULL) {
    napi_throw_error(env, NULL, "out of memory");
    return NULL;
  }
  if (!job_read(env, info, fresh)) {
    job_free(fresh);
    return NULL;
  }
  napi_create_promise(env, &fresh->deferred, &promise);
  napi_create_string_utf8(env, "pcsc", NAPI_AUTO_LENGTH, &label);
  napi_create_async_work(env, NULL, label, execute, complete, fresh, &fresh->work);
  napi_queue_async_work(env, fresh->work);
  return promise;
}

#define CALL(name, op) \
  static napi_value name(napi_env env, napi_callback_info info) { return start(env, info, op); }

CALL(establish, OP_ESTABLISH)
CALL(release, OP_RELEASE)
CALL(list, OP_LIST)
CALL(wait_for_change, OP_WAIT)
CALL(connect_card, OP_CONNECT)
CALL(status_of_card, OP_STATUS)
CALL(reconnect_card, OP_RECONNECT)
CALL(disconnect_card, OP_DISCONNECT)
CALL(begin, OP_BEGIN)
CALL(end, OP_END)
CALL(transmit, OP_TRANSMIT)
CALL(control, OP_CONTROL)

static napi_value cancel(napi_env env, napi_callback_info info) {
  SCARDCONTEXT context;
  napi_value code;
  if (!read_context(env, info, &context)) return NULL;
  napi_create_uint32(env, cancel_wait(context), &code);
  return code;
}

static const struct {
  const char *name;
  napi_callback call;
} EXPORTS[] = {
    {"establish", establish}, {"release", release},       {"cancel", cancel},         {"list", list},
    {"wait", wait_for_change}, {"connect", connect_card}, {"status", status_of_card}, {"reconnect", reconnect_card},
    {"disconnect", disconnect_card}, {"begin", begin},    {"end", end},               {"transmit", transmit},
    {"control", control},
};

NAPI_MODULE_INIT() {
  for (size_t i = 0; i < sizeof(EXPORTS) / sizeof(EXPORTS[0]); i++) {
    napi_value function;
    napi_create_function(env, EXPORTS[i].name, NAPI_AUTO_LENGTH, EXPORTS[i].call, NULL, &function);
    napi_set_named_property(env, exports, EXPORTS[i].name, function);
  }
  return exports;
}
