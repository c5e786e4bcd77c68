#include "job.h"

#include <stdlib.h>

/* A compiler may drop a memset of memory that is freed next. */
static void wipe(uint8_t *bytes, size_t length) {
  volatile uint8_t *at = bytes;
  while (length-- > 0) *at++ = 0;
}

job *job_new(operation op) {
  job *fresh = calloc(1, sizeof(job));
  if (fresh != NULL) fresh->op = op;
  return fresh;
}

void job_free(job *done) {
  if (done == NULL) return;
  if (done->input != NULL) wipe(done->input, done->input_length);
  if (done->output != NULL) wipe(done->output, done->output_length);
  for (uint32_t i = 0; done->readers != NULL && i < done->reader_count; i++) free(done->readers[i].name);
  free(done->readers);
  free(done->name);
  free(done->names);
  free(done->input);
  free(done->output);
  free(done);
}
