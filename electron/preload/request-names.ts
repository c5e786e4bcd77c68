/** The names that may pass, as a list of its own: the schemas beside the real one would weigh more than the whole preload. */

import type { RequestName } from '../contract/requests.ts'

const NAMES: Readonly<Record<RequestName, true>> = {
  'terminal.state': true,
  'card.reveal': true,
  'card.verify-pin': true,
  'card.change-pin': true,
  'card.read': true,
  'bill.open-queue': true,
  'bill.open-text': true,
  'bill.start': true,
  'bill.close': true,
  'bill.add-line': true,
  'bill.set-line': true,
  'bill.remove-line': true,
  'bill.use-account': true,
  'bill.explain': true,
  'bill.change': true,
  'catalogue.search': true,
  'settle': true,
  'records.search': true,
  'records.open': true,
  'records.refund': true,
  'statement.print': true,
  'reader.insert': true,
  'reader.remove': true,
  'reader.fault': true,
  'reader.clear-faults': true,
  'reader.pace': true,
  'reader.fixture-pin': true,
  'trace.clear': true
}

export const mayPass = (name: unknown): name is RequestName => typeof name === 'string' && Object.hasOwn(NAMES, name)
