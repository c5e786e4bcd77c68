/* Arguments in, answers out. Handles travel as bigint: they are as wide as a pointer on Windows. */

#include "job.h"

#include <stdlib.h>
#include <string.h>

#define ARGUMENT_COUNT_MAX 4

static int fail(napi_env env, const char *message) {
  napi_throw_type_error(env, NULL, message);
  return 0;
}

static int read_handle(napi_env env, napi_value from, uint64_t *into) {
  bool lossless = false;
  return napi_get_value_bigint_uint64(env, from, into, &lossless) == napi_ok || fail(env, "a handle is a bigint");
}

static int read_number(napi_env env, napi_value from, uint32_t *into) {
  return napi_get_value_uint32(env, from, into) == napi_ok || fail(env, "a number of 32 bits is missing");
}

static int read_text(napi_env env, napi_value from, char **into) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, from, NULL, 0, &length) != napi_ok) return fail(env, "a name is missing");
  *into = calloc(length + 1, 1);
  if (*into == NULL) return fail(env, "out of memory");
  napi_get_value_string_utf8(env, from, *into, length + 1, &length);
  return 1;
}

static int read_bytes(napi_env env, napi_value from, job *into) {
  napi_typedarray_type type;
  void *data = NULL;
  size_t length = 0;
  bool is_bytes = false;
  napi_is_typedarray(env, from, &is_bytes);
  if (!is_bytes) return fail(env, "bytes are missing");
  napi_get_typedarray_info(env, from, &type, &length, &data, NULL, NULL);
  if (type != napi_uint8_array) return fail(env, "bytes are a Uint8Array");
  into->input = malloc(length > 0 ? length : 1);
  if (into->input == NULL) return fail(env, "out of memory");
  if (length > 0) memcpy(into->input, data, length);
  into->input_length = length;
  return 1;
}

/* Two arrays of the same length: names, and what is known of each. */
static int read_readers(napi_env env, napi_value names, napi_value states, job *into) {
  uint32_t count = 0;
  if (napi_get_array_length(env, names, &count) != napi_ok || count > READER_COUNT_MAX) return fail(env, "names of at most 64 readers are missing");
  into->readers = calloc(count + 1, sizeof(watched_reader));
  if (into->readers == NULL) return fail(env, "out of memory");
  into->reader_count = count;
  for (uint32_t i = 0; i < count; i++) {
    napi_value name, state;
    if (napi_get_element(env, names, i, &name) != napi_ok || napi_get_element(env, states, i, &state) != napi_ok) return fail(env, "a reader is missing");
    if (!read_text(env, name, &into->readers[i].name) || !read_number(env, state, &into->readers[i].known)) return 0;
  }
  return 1;
}

static int read_arguments(napi_env env, napi_callback_info info, napi_value *arguments) {
  size_t count = ARGUMENT_COUNT_MAX;
  return napi_get_cb_info(env, info, &count, arguments, NULL, NULL) == napi_ok || fail(env, "no arguments");
}

int read_context(napi_env env, napi_callback_info info, SCARDCONTEXT *context) {
  napi_value a[ARGUMENT_COUNT_MAX];
  uint64_t handle = 0;
  if (!read_arguments(env, info, a) || !read_handle(env, a[0], &handle)) return 0;
  *context = (SCARDCONTEXT)handle;
  return 1;
}

int job_read(napi_env env, napi_callback_info info, job *into) {
  napi_value a[ARGUMENT_COUNT_MAX];
  uint64_t handle = 0;
  if (into->op == OP_ESTABLISH) return 1;
  if (!read_arguments(env, info, a) || !read_handle(env, a[0], &handle)) return 0;
  into->context = (SCARDCONTEXT)handle;
  into->card = (SCARDHANDLE)handle;
  switch (into->op) {
    case OP_WAIT:
      return read_readers(env, a[1], a[2], into) && read_number(env, a[3], &into->timeout_ms);
    case OP_CONNECT:
      return read_text(env, a[1], &into->name) && read_number(env, a[2], &into->share) && read_number(env, a[3], &into->protocols);
    case OP_RECONNECT:
      return read_number(env, a[1], &into->share) && read_number(env, a[2], &into->protocols) && read_number(env, a[3], &into->treatment);
    case OP_DISCONNECT:
      return read_number(env, a[1], &into->treatment);
    case OP_TRANSMIT:
      return read_number(env, a[1], &into->protocols) && read_bytes(env, a[2], into);
    case OP_CONTROL:
      return read_number(env, a[1], &into->control_code) && read_bytes(env, a[2], into);
    default:
      return 1;
  }
}

static napi_value bytes_of(napi_env env, const uint8_t *bytes, size_t length) {
  napi_value buffer, array;
  void *data = NULL;
  if (napi_create_arraybuffer(env, length, &data, &buffer) != napi_ok) return NULL;
  if (length > 0) memcpy(data, bytes, length);
  napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, &array);
  return array;
}

static napi_value number(napi_env env, uint32_t value) {
  napi_value made;
  napi_create_uint32(env, value, &made);
  return made;
}

static napi_value handle_of(napi_env env, uint64_t value) {
  napi_value made;
  napi_create_bigint_uint64(env, value, &made);
  return made;
}

static napi_value names_of(napi_env env, const char *names) {
  napi_value list, name;
  uint32_t count = 0;
  napi_create_array(env, &list);
  for (const char *at = names; at != NULL && *at != '\0'; at += strlen(at) + 1) {
    napi_create_string_utf8(env, at, NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, list, count++, name);
  }
  return list;
}

static napi_value states_of(napi_env env, const job *done) {
  napi_value list;
  napi_create_array(env, &list);
  for (uint32_t i = 0; i < done->reader_count; i++) napi_set_element(env, list, i, number(env, done->readers[i].seen));
  return list;
}

static napi_value atrs_of(napi_env env, const job *done) {
  napi_value list;
  napi_create_array(env, &list);
  for (uint32_t i = 0; i < done->reader_count; i++) napi_set_element(env, list, i, bytes_of(env, done->readers[i].atr, done->readers[i].atr_length));
  return list;
}

/* [code, ...what the call gives], the same members whether it succeeded or not. */
napi_value job_answer(napi_env env, const job *done) {
  napi_value answer;
  napi_create_array(env, &answer);
  napi_set_element(env, answer, 0, number(env, done->code));
  switch (done->op) {
    case OP_ESTABLISH:
      napi_set_element(env, answer, 1, handle_of(env, (uint64_t)done->context));
      break;
    case OP_LIST:
      napi_set_element(env, answer, 1, names_of(env, done->names));
      break;
    case OP_WAIT:
      napi_set_element(env, answer, 1, states_of(env, done));
      napi_set_element(env, answer, 2, atrs_of(env, done));
      break;
    case OP_CONNECT:
      napi_set_element(env, answer, 1, handle_of(env, (uint64_t)done->card));
      napi_set_element(env, answer, 2, number(env, done->protocol));
      break;
    case OP_STATUS:
      napi_set_element(env, answer, 1, bytes_of(env, done->output, done->output_length));
      napi_set_element(env, answer, 2, number(env, done->protocol));
      break;
    case OP_RECONNECT:
      napi_set_element(env, answer, 1, number(env, done->protocol));
      break;
    case OP_TRANSMIT:
    case OP_CONTROL:
      napi_set_element(env, answer, 1, bytes_of(env, done->output, done->output_length));
      break;
    default:
      break;
  }
  return answer;
}
