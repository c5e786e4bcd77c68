/** What binding/ exports: one function for one call of PC/SC. The first member of each answer is the call's code. */

export type Handle = bigint

export interface NativeBinding {
  establish(): Promise<readonly [code: number, context: Handle]>
  release(context: Handle): Promise<readonly [code: number]>
  /** Ends the waits of that context at once. */
  cancel(context: Handle): number
  list(context: Handle): Promise<readonly [code: number, names: readonly string[]]>
  wait(
    context: Handle,
    names: readonly string[],
    states: readonly number[],
    timeoutMs: number
  ): Promise<readonly [code: number, states: readonly number[], atrs: readonly Uint8Array[]]>
  connect(context: Handle, reader: string, share: number, protocols: number): Promise<readonly [code: number, card: Handle, protocol: number]>
  status(card: Handle): Promise<readonly [code: number, atr: Uint8Array, protocol: number]>
  reconnect(card: Handle, share: number, protocols: number, treatment: number): Promise<readonly [code: number, protocol: number]>
  disconnect(card: Handle, treatment: number): Promise<readonly [code: number]>
  begin(card: Handle): Promise<readonly [code: number]>
  end(card: Handle): Promise<readonly [code: number]>
  transmit(card: Handle, protocol: number, command: Uint8Array): Promise<readonly [code: number, answer: Uint8Array]>
  control(card: Handle, code: number, data: Uint8Array): Promise<readonly [code: number, answer: Uint8Array]>
}
