/*
 * One call to PC/SC on its way: filled on Node's thread, carried out on another, answered on Node's thread again.
 * A job owns every pointer in it. Bytes are wiped before they are given back: a command may carry a PIN.
 */

#ifndef CARESETTLE_PCSC_JOB_H
#define CARESETTLE_PCSC_JOB_H

#include <node_api.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#include <windows.h>
#include <winscard.h>
#elif defined(__APPLE__)
#include <PCSC/winscard.h>
#include <PCSC/wintypes.h>
#else
#include <winscard.h>
#endif

/* Data of an extended answer and its status word. */
#define ANSWER_LENGTH_MAX 65538
#define ATR_LENGTH_MAX 36
/* Readers of one wait: pcsc-lite itself has 16 at most, Windows 10. */
#define READER_COUNT_MAX 64

typedef enum {
  OP_ESTABLISH,
  OP_RELEASE,
  OP_LIST,
  OP_WAIT,
  OP_CONNECT,
  OP_STATUS,
  OP_RECONNECT,
  OP_DISCONNECT,
  OP_BEGIN,
  OP_END,
  OP_TRANSMIT,
  OP_CONTROL
} operation;

typedef struct {
  char *name; /* UTF-8 */
  uint32_t known;
  uint32_t seen;
  uint8_t atr[ATR_LENGTH_MAX];
  size_t atr_length;
} watched_reader;

typedef struct {
  operation op;
  /* asked */
  SCARDCONTEXT context;
  SCARDHANDLE card;
  char *name; /* UTF-8 */
  uint32_t share;
  uint32_t protocols;
  uint32_t treatment;
  uint32_t control_code;
  uint32_t timeout_ms;
  uint8_t *input;
  size_t input_length;
  watched_reader *readers;
  uint32_t reader_count;
  /* answered */
  uint32_t code;
  uint32_t protocol;
  uint8_t *output;
  size_t output_length;
  char *names; /* UTF-8, each ended by 0, the last by one more */
  /* Node's */
  napi_async_work work;
  napi_deferred deferred;
} job;

job *job_new(operation op);
void job_free(job *done);

/* calls.c: blocks; touches nothing of Node. */
void job_run(job *current);
uint32_t cancel_wait(SCARDCONTEXT context);

/* marshal.c: job_read is false with an exception pending. */
int job_read(napi_env env, napi_callback_info info, job *into);
napi_value job_answer(napi_env env, const job *done);
int read_context(napi_env env, napi_callback_info info, SCARDCONTEXT *context);

#endif
