/*
 * The calls themselves. Names are UTF-8 everywhere but on Windows, whose readers are named in UTF-16: a name in Chinese
 * would not survive the calls for the system's own code page.
 */

#include "job.h"

#include <stdlib.h>
#include <string.h>

#if !defined(_WIN32)
#define TEXT_OF(utf8) (utf8)
#define FREE_TEXT(text) ((void)(text))
typedef const char *text;
#define CONNECT SCardConnect
#define STATUS_CHANGE SCardGetStatusChange
typedef SCARD_READERSTATE reader_state;
#else
#define TEXT_OF(utf8) wide(utf8)
#define FREE_TEXT(text) free(text)
typedef wchar_t *text;
#define CONNECT SCardConnectW
#define STATUS_CHANGE SCardGetStatusChangeW
typedef SCARD_READERSTATEW reader_state;

static wchar_t *wide(const char *utf8) {
  int length = MultiByteToWideChar(CP_UTF8, 0, utf8, -1, NULL, 0);
  wchar_t *converted = calloc((size_t)length + 1, sizeof(wchar_t));
  if (converted != NULL) MultiByteToWideChar(CP_UTF8, 0, utf8, -1, converted, length);
  return converted;
}
#endif

#define NO_MEMORY ((uint32_t)SCARD_E_NO_MEMORY)

static uint32_t unsigned_code(LONG code) { return (uint32_t)code; }

#if defined(_WIN32)
static uint32_t list(job *current) {
  DWORD length = 0;
  LONG code = SCardListReadersW(current->context, NULL, NULL, &length);
  if (code != SCARD_S_SUCCESS) return unsigned_code(code);
  wchar_t *found = calloc((size_t)length + 2, sizeof(wchar_t));
  if (found == NULL) return NO_MEMORY;
  code = SCardListReadersW(current->context, NULL, found, &length);
  if (code == SCARD_S_SUCCESS) {
    int bytes = WideCharToMultiByte(CP_UTF8, 0, found, (int)length, NULL, 0, NULL, NULL);
    current->names = calloc((size_t)bytes + 2, 1);
    if (current->names != NULL) WideCharToMultiByte(CP_UTF8, 0, found, (int)length, current->names, bytes, NULL, NULL);
  }
  free(found);
  return code == SCARD_S_SUCCESS && current->names == NULL ? NO_MEMORY : unsigned_code(code);
}
#else
static uint32_t list(job *current) {
  DWORD length = 0;
  LONG code = SCardListReaders(current->context, NULL, NULL, &length);
  if (code != SCARD_S_SUCCESS) return unsigned_code(code);
  current->names = calloc((size_t)length + 2, 1);
  if (current->names == NULL) return NO_MEMORY;
  return unsigned_code(SCardListReaders(current->context, NULL, current->names, &length));
}
#endif

static void look(job *current, const reader_state *states) {
  for (uint32_t i = 0; i < current->reader_count; i++) {
    watched_reader *reader = &current->readers[i];
    reader->seen = (uint32_t)states[i].dwEventState;
    reader->atr_length = states[i].cbAtr < ATR_LENGTH_MAX ? states[i].cbAtr : ATR_LENGTH_MAX;
    memcpy(reader->atr, states[i].rgbAtr, reader->atr_length < sizeof(states[i].rgbAtr) ? reader->atr_length : sizeof(states[i].rgbAtr));
  }
}

static uint32_t wait_for_change(job *current) {
  uint32_t count = current->reader_count;
  reader_state *states = calloc(count + 1, sizeof(reader_state));
  text *names = calloc(count + 1, sizeof(text));
  uint32_t code = NO_MEMORY;
  if (states != NULL && names != NULL) {
    for (uint32_t i = 0; i < count; i++) {
      names[i] = TEXT_OF(current->readers[i].name);
      states[i].szReader = names[i];
      states[i].dwCurrentState = current->readers[i].known;
    }
    code = unsigned_code(STATUS_CHANGE(current->context, current->timeout_ms, states, count));
    look(current, states);
    for (uint32_t i = 0; i < count; i++) FREE_TEXT(names[i]);
  }
  free(states);
  free(names);
  return code;
}

static uint32_t connect_card(job *current) {
  DWORD protocol = 0;
  text name = TEXT_OF(current->name);
  LONG code = CONNECT(current->context, name, current->share, current->protocols, &current->card, &protocol);
  FREE_TEXT(name);
  current->protocol = (uint32_t)protocol;
  return unsigned_code(code);
}

static uint32_t reconnect_card(job *current) {
  DWORD protocol = 0;
  LONG code = SCardReconnect(current->card, current->share, current->protocols, current->treatment, &protocol);
  current->protocol = (uint32_t)protocol;
  return unsigned_code(code);
}

static int output_of(job *current, size_t length) {
  current->output = malloc(length);
  return current->output != NULL;
}

static uint32_t status_of_card(job *current) {
  DWORD name_length = 0, state = 0, protocol = 0, atr_length = ATR_LENGTH_MAX;
  if (!output_of(current, ATR_LENGTH_MAX)) return NO_MEMORY;
  LONG code = SCardStatus(current->card, NULL, &name_length, &state, &protocol, current->output, &atr_length);
  current->protocol = (uint32_t)protocol;
  current->output_length = code == SCARD_S_SUCCESS ? atr_length : 0;
  return unsigned_code(code);
}

static uint32_t transmit(job *current) {
  DWORD length = ANSWER_LENGTH_MAX;
  if (!output_of(current, ANSWER_LENGTH_MAX)) return NO_MEMORY;
  const SCARD_IO_REQUEST *protocol = current->protocols == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
  LONG code = SCardTransmit(current->card, protocol, current->input, (DWORD)current->input_length, NULL, current->output, &length);
  current->output_length = code == SCARD_S_SUCCESS ? length : 0;
  return unsigned_code(code);
}

static uint32_t control(job *current) {
  DWORD length = 0;
  if (!output_of(current, ANSWER_LENGTH_MAX)) return NO_MEMORY;
  LONG code = SCardControl(current->card, current->control_code, current->input, (DWORD)current->input_length, current->output, ANSWER_LENGTH_MAX, &length);
  current->output_length = code == SCARD_S_SUCCESS ? length : 0;
  return unsigned_code(code);
}

static uint32_t run(job *current) {
  switch (current->op) {
    case OP_ESTABLISH:
      return unsigned_code(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &current->context));
    case OP_RELEASE:
      return unsigned_code(SCardReleaseContext(current->context));
    case OP_LIST:
      return list(current);
    case OP_WAIT:
      return wait_for_change(current);
    case OP_CONNECT:
      return connect_card(current);
    case OP_STATUS:
      return status_of_card(current);
    case OP_RECONNECT:
      return reconnect_card(current);
    case OP_DISCONNECT:
      return unsigned_code(SCardDisconnect(current->card, current->treatment));
    case OP_BEGIN:
      return unsigned_code(SCardBeginTransaction(current->card));
    case OP_END:
      return unsigned_code(SCardEndTransaction(current->card, SCARD_LEAVE_CARD));
    case OP_TRANSMIT:
      return transmit(current);
    case OP_CONTROL:
      return control(current);
  }
  return (uint32_t)SCARD_F_INTERNAL_ERROR;
}

void job_run(job *current) { current->code = run(current); }

uint32_t cancel_wait(SCARDCONTEXT context) { return unsigned_code(SCardCancel(context)); }
