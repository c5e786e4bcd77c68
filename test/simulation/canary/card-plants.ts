/** Mistakes on the way to the chip, and inside chip and PSAM. */

import type { Plant } from './plant.ts'

export const CARD_PLANTS: readonly Plant[] = [
  {
    name: 'debit-sent-again',
    mistake: 'a command without an answer is repeated once, as with any other command on a bad contact',
    cost: 'the repeated debit is refused because the first had been done, so the hold is released: charged, and nowhere booked',
    edits: [
      {
        file: 'card/session/debit.ts',
        text: '  const answer = await conversation.exchange(command.apdu)\n',
        replacement: `  const first = await conversation.exchange(command.apdu)
  const answer = first.ok ? first : await conversation.exchange(command.apdu)
`
      }
    ],
    rules: ['charge-booked', 'card-balance'],
    faults: ['card-lost-answer', 'card-truncated', 'card-cut-after']
  },
  {
    name: 'codes-prove-a-debit',
    mistake: 'one transaction since, and the card has its codes: that was our debit, and no PIN is needed to know it',
    cost: "our debit never left and the codes are another till's: a bill counts as paid that no card has paid",
    edits: [
      {
        file: 'card/session/resolve-debit.ts',
        text: "  if (!context.access.pinVerified) return unresolved('pin-needed')\n  const isLast = serial === serialAfter(intent.serialBefore)\n",
        replacement: `  const isLast = serial === serialAfter(intent.serialBefore)
  const codes = proofs.value.after ?? proofs.value.before
  if (!context.access.pinVerified) return isLast && codes !== undefined ? debited(context, intent, codes) : unresolved('pin-needed')
`
      }
    ],
    rules: ['debit-once', 'posting-has-debit'],
    faults: ['till-killed', 'card-mute', 'card-cut-before']
  },
  {
    name: 'silence-is-not-loaded',
    mistake: 'a load that the card did not confirm did not happen',
    cost: 'the card has the money and the ledger owes it still: it is asked for a second time, and the account is short',
    edits: [
      {
        file: 'card/session/load.ts',
        text: "  if (sent) return { kind: 'unknown', cause: failure.kind === 'card-reset' ? 'no-answer' : failure.kind }\n",
        replacement: "  if (sent && failure.kind === 'reader-fault') return { kind: 'unknown', cause: failure.kind }\n"
      }
    ],
    rules: ['load-once', 'card-balance', 'fen-conserved'],
    faults: ['card-lost-answer', 'card-truncated', 'card-cut-after', 'card-cut-inside']
  },
  {
    name: 'pin-asked-again',
    mistake: 'the answer to VERIFY was lost on the contact: the PIN is still at hand, so it is sent once more',
    cost: 'a wrong PIN costs two tries instead of one, and locks a card whose holder was told that a try is left',
    edits: [
      {
        file: 'card/session/pin.ts',
        text: '  const tried = await context.conversation.send(command)\n  command.apdu.fill(0)',
        replacement: `  const first = await context.conversation.send(command)
  const tried = !first.ok && first.error.kind === 'reader-fault' ? await context.conversation.send(command) : first
  command.apdu.fill(0)`
      }
    ],
    rules: ['pin-submissions', 'pin-counter'],
    faults: ['card-lost-answer', 'card-truncated']
  },
  {
    name: 'changed-pin-in-the-trace',
    mistake: 'VERIFY is starred in the trace, and the other command that carries a PIN is forgotten',
    cost: 'the old and the new PIN of everybody who changes it stand on the screen and in what support is sent',
    edits: [{ file: 'card/channel/trace.ts', text: 'new Set([0x20, 0x5e, 0x24, 0xfa])', replacement: 'new Set([0x20, 0x24, 0xfa])' }],
    rules: ['nothing-secret'],
    faults: []
  },
  {
    name: 'torn-unit-dropped',
    mistake: 'a chip that finds a journal at power-up throws it away and begins anew',
    cost: 'a card that was torn while it paid has its amounts half written: a balance that nobody can explain',
    edits: [
      {
        file: 'card/chip/nonvolatile.ts',
        text: '    this.#apply(entries)\n    this.#medium.write(this.#journal.offset, MARK_CLEAR)\n    this.#mirror.set(',
        replacement: '    this.#medium.write(this.#journal.offset, MARK_CLEAR)\n    this.#mirror.set('
      }
    ],
    rules: ['card-balance', 'card-counters', 'image-readable', 'charge-booked', 'pin-counter'],
    faults: ['card-cut-inside']
  },
  {
    name: 'terminal-serial-reused',
    mistake: 'the PSAM counts a purchase when it is complete, so that a broken one leaves no gap',
    cost: 'two signatures under one terminal serial: which of two bills a card has signed can be disputed',
    edits: [
      { file: 'card/psam/chip/purchase-commands.ts', text: '  state.change({ terminalSerial: terminalSerial + 1 })\n', replacement: '' },
      {
        file: 'card/psam/chip/purchase-commands.ts',
        text: '  state.change({ wrongMac2Count: 0 })\n',
        replacement: '  state.change({ wrongMac2Count: 0, terminalSerial: state.counters.terminalSerial + 1 })\n'
      }
    ],
    rules: ['ids-unique'],
    faults: ['card-mute', 'card-cut-before', 'card-lost-answer', 'till-killed', 'psam-reset']
  },
  {
    name: 'wrong-pin-costs-nothing',
    mistake: 'the counter of tries is counted down when the PIN was wrong, and the power may go before that',
    cost: 'who pulls the card in time may try every PIN there is',
    edits: [
      {
        file: 'card/chip/pin.ts',
        text: '  const outcome = attempt(memory, counter, () => equalInConstantTime(packed, expected), onRight)\n',
        replacement: '  const isRight = equalInConstantTime(packed, expected)\n  const outcome = isRight ? attempt(memory, counter, () => isRight, onRight) : { right: false, triesLeft: memory.byte(SYSTEM.pinTriesLeft) }\n'
      }
    ],
    rules: ['pin-counter'],
    faults: []
  },
  {
    name: 'pin-in-the-log',
    mistake: 'a line for support while a reader was looked for, and left there',
    cost: 'the PINs of a whole day stand in the log of the terminal',
    edits: [
      {
        file: 'electron/host/desk/handlers.ts',
        text: "      if (!parsed.ok) return refuse({ kind: 'pin-malformed', refusal: parsed.error })\n      try {\n        const verified",
        replacement: "      if (!parsed.ok) return refuse({ kind: 'pin-malformed', refusal: parsed.error })\n      console.debug(`card.verify-pin ${presence} ${pin}`)\n      try {\n        const verified"
      }
    ],
    rules: ['nothing-secret'],
    faults: []
  }
]
