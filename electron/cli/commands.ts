/**
 * Every command, in the order in which the help shows them. Only the one that is asked for is loaded: a script that calls
 * many of them waits for none of the others.
 */

import type { Command } from './command.ts'

interface NamedCommand {
  readonly name: string
  readonly load: () => Promise<Command>
}

export const COMMANDS: readonly NamedCommand[] = [
  { name: 'demo', load: async () => (await import('./command/demo.ts')).demoCommand },
  { name: 'settle', load: async () => (await import('./command/settle.ts')).settleCommand },
  { name: 'recover', load: async () => (await import('./command/recover.ts')).recoverCommand },
  { name: 'load', load: async () => (await import('./command/load.ts')).loadCommand },
  { name: 'calculate', load: async () => (await import('./command/calculate.ts')).calculateCommand },
  { name: 'eligibility', load: async () => (await import('./command/eligibility.ts')).eligibilityCommand },
  { name: 'card list', load: async () => (await import('./command/card.ts')).cardListCommand },
  { name: 'card show', load: async () => (await import('./command/card-show.ts')).cardShowCommand },
  { name: 'card new', load: async () => (await import('./command/card.ts')).cardNewCommand },
  { name: 'card from-recording', load: async () => (await import('./command/card-from-recording.ts')).cardFromRecordingCommand },
  { name: 'card change-pin', load: async () => (await import('./command/card-pin.ts')).cardChangePinCommand },
  { name: 'card unlock', load: async () => (await import('./command/card-pin.ts')).cardUnlockCommand },
  { name: 'card publish', load: async () => (await import('./command/card-publish.ts')).cardPublishCommand },
  { name: 'ledger show', load: async () => (await import('./command/ledger.ts')).ledgerShowCommand },
  { name: 'ledger restore', load: async () => (await import('./command/ledger-restore.ts')).ledgerRestoreCommand },
  { name: 'ledger verify', load: async () => (await import('./command/ledger.ts')).ledgerVerifyCommand },
  { name: 'ledger refund', load: async () => (await import('./command/ledger-refund.ts')).ledgerRefundCommand },
  { name: 'ledger return', load: async () => (await import('./command/ledger-return.ts')).ledgerReturnCommand },
  { name: 'day show', load: async () => (await import('./command/day-show.ts')).dayShowCommand },
  { name: 'day close', load: async () => (await import('./command/day-close.ts')).dayCloseCommand },
  { name: 'day reopen', load: async () => (await import('./command/day-reopen.ts')).dayReopenCommand },
  { name: 'day report', load: async () => (await import('./command/day-report.ts')).dayReportCommand },
  { name: 'pack key', load: async () => (await import('./command/pack-key.ts')).packKeyCommand },
  { name: 'pack build', load: async () => (await import('./command/pack-build.ts')).packBuildCommand },
  { name: 'pack check', load: async () => (await import('./command/pack-check.ts')).packCheckCommand },
  { name: 'pack install', load: async () => (await import('./command/pack-install.ts')).packInstallCommand },
  { name: 'pack list', load: async () => (await import('./command/pack-list.ts')).packListCommand },
  { name: 'pack diff', load: async () => (await import('./command/pack-diff.ts')).packDiffCommand },
  { name: 'pack rollback', load: async () => (await import('./command/pack-rollback.ts')).packRollbackCommand },
  { name: 'region check', load: async () => (await import('./command/region-check.ts')).regionCheckCommand },
  { name: 'catalogue generate', load: async () => (await import('./command/catalogue-generate.ts')).catalogueGenerateCommand },
  { name: 'catalogue import', load: async () => (await import('./command/catalogue-import.ts')).catalogueImportCommand },
  { name: 'catalogue list', load: async () => (await import('./command/catalogue-list.ts')).catalogueListCommand },
  { name: 'catalogue show', load: async () => (await import('./command/catalogue-show.ts')).catalogueShowCommand },
  { name: 'catalogue search', load: async () => (await import('./command/catalogue-search.ts')).catalogueSearchCommand },
  { name: 'catalogue diff', load: async () => (await import('./command/catalogue-diff.ts')).catalogueDiffCommand },
  { name: 'catalogue activate', load: async () => (await import('./command/catalogue-rollback.ts')).catalogueActivateCommand },
  { name: 'catalogue rollback', load: async () => (await import('./command/catalogue-rollback.ts')).catalogueRollbackCommand },
  { name: 'schema', load: async () => (await import('./command/schema.ts')).schemaCommand },
  // The longer names first: the first that fits is taken.
  { name: 'sync connect', load: async () => (await import('./command/sync-connect.ts')).syncConnectCommand },
  { name: 'sync status', load: async () => (await import('./command/sync-status.ts')).syncStatusCommand },
  { name: 'sync retry', load: async () => (await import('./command/sync-retry.ts')).syncRetryCommand },
  { name: 'sync hand-over', load: async () => (await import('./command/sync-hand-over.ts')).syncHandOverCommand },
  { name: 'sync', load: async () => (await import('./command/sync.ts')).syncCommand },
  { name: 'centre serve', load: async () => (await import('./command/centre-serve.ts')).centreServeCommand },
  { name: 'centre seed', load: async () => (await import('./command/centre-seed.ts')).centreSeedCommand },
  { name: 'centre enrol-code', load: async () => (await import('./command/centre-enrol-code.ts')).centreEnrolCodeCommand },
  { name: 'centre credit', load: async () => (await import('./command/centre-credit.ts')).centreCreditCommand },
  { name: 'centre report-lost', load: async () => (await import('./command/centre-report-lost.ts')).centreReportLostCommand },
  { name: 'centre activate', load: async () => (await import('./command/centre-activate.ts')).centreActivateCommand },
  { name: 'centre gaps', load: async () => (await import('./command/centre-gaps.ts')).centreGapsCommand },
  { name: 'centre trace-codes', load: async () => (await import('./command/centre-trace-codes.ts')).centreTraceCodesCommand },
  { name: 'centre gateway-key', load: async () => (await import('./command/centre-gateway-key.ts')).centreGatewayKeyCommand }
]

export async function commandOf(args: readonly string[]): Promise<Command | undefined> {
  const found = COMMANDS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word))
  return found?.load()
}
