/** The last words of a process: its exit code alone tells support staff nothing. */

const KEPT_MAX = 4096
const LINE_MAX = 300

export interface OutputTail {
  /** The line that says why: the last error message, else the last line; undefined when nothing was said. */
  lastLine(): string | undefined
}

/** Reads to the end, so that the process never waits for a reader; hands everything on to `sink`. */
export function tailOf(stream: NodeJS.ReadableStream, sink: (chunk: string) => void): OutputTail {
  let kept = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    kept = `${kept}${chunk}`.slice(-KEPT_MAX)
    sink(chunk)
  })
  return { lastLine: () => reasonIn(kept) }
}

/** A stack trace ends in frames and the version of Node: its message stands above them. */
export function reasonIn(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const message = lines.findLast((line) => /^(\w*(Error|Invariant)\b.*|FATAL ERROR): /.test(line))
  return (message ?? lines.at(-1))?.slice(0, LINE_MAX)
}
