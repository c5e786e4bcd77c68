/** What a card is to a reader: power, reset and bytes. The simulated chip has this face, and so may a scripted one. */

export interface VirtualCard {
  /** The answer to reset; empty from a chip that stays mute. */
  powerOn(): Uint8Array
  powerOff(): void
  /** Warm reset: the answer to reset again, volatile state gone. */
  reset(): Uint8Array
  /** One command, one answer with SW1 SW2. Throws PowerLost when the supply goes while it works. */
  transmit(command: Uint8Array): Uint8Array
}
