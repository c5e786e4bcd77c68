/** Every command, in the order in which the help shows them. */

import type { Command } from './command.ts'
import { calculateCommand } from './command/calculate.ts'
import { cardListCommand, cardNewCommand } from './command/card.ts'
import { cardChangePinCommand, cardUnlockCommand } from './command/card-pin.ts'
import { cardShowCommand } from './command/card-show.ts'
import { centreCreditCommand } from './command/centre-credit.ts'
import { centreEnrolCodeCommand } from './command/centre-enrol-code.ts'
import { centreGatewayKeyCommand } from './command/centre-gateway-key.ts'
import { centreSeedCommand } from './command/centre-seed.ts'
import { centreServeCommand } from './command/centre-serve.ts'
import { dayCloseCommand } from './command/day-close.ts'
import { dayReopenCommand } from './command/day-reopen.ts'
import { dayReportCommand } from './command/day-report.ts'
import { dayShowCommand } from './command/day-show.ts'
import { demoCommand } from './command/demo.ts'
import { ledgerShowCommand, ledgerVerifyCommand } from './command/ledger.ts'
import { ledgerRefundCommand } from './command/ledger-refund.ts'
import { loadCommand } from './command/load.ts'
import { recoverCommand } from './command/recover.ts'
import { schemaCommand } from './command/schema.ts'
import { settleCommand } from './command/settle.ts'
import { syncCommand } from './command/sync.ts'
import { syncConnectCommand } from './command/sync-connect.ts'
import { syncStatusCommand } from './command/sync-status.ts'

export const COMMANDS: readonly Command[] = [
  demoCommand,
  settleCommand,
  recoverCommand,
  loadCommand,
  calculateCommand,
  cardListCommand,
  cardShowCommand,
  cardNewCommand,
  cardChangePinCommand,
  cardUnlockCommand,
  ledgerShowCommand,
  ledgerVerifyCommand,
  ledgerRefundCommand,
  dayShowCommand,
  dayCloseCommand,
  dayReopenCommand,
  dayReportCommand,
  schemaCommand,
  // The longer names first: the first that fits is taken.
  syncConnectCommand,
  syncStatusCommand,
  syncCommand,
  centreServeCommand,
  centreSeedCommand,
  centreEnrolCodeCommand,
  centreCreditCommand,
  centreGatewayKeyCommand
]
