/** What one seed came to, as plain data: a job tells it to its parent as one line of JSON. */

export interface SeedOutcome {
  readonly seed: number
  /** SHA-256 of the event log in hex. */
  readonly hash: string
  readonly events: number
  /** Days that tills were open, over all tills. */
  readonly terminalDays: number
  readonly simulatedMs: number
  /** Processor time, ms. */
  readonly cpuMs: number
  /** How often each refusal, state, fault and operation was met. */
  readonly hits: Readonly<Record<string, number>>
  readonly failure?: Failure
}

export interface Failure {
  /** Name of the auditor's rule; 'unlawful' for an outcome that the plan forbids, 'broken' for a program that threw. */
  readonly rule: string
  readonly detail: string
  /** Date and time of the world. */
  readonly at: string
  /** As drawn from the seed, one a line. */
  readonly options: readonly string[]
  /** Of the log, oldest first. */
  readonly last: readonly string[]
}
