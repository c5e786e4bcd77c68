/** Every byte that went over a server's connections, both ways, headers and all: counted the same for every way. */

import type { Server } from 'node:http'
import type { Socket } from 'node:net'

export interface WireBytes {
  readonly received: number
  readonly sent: number
}

export function countBytes(server: Server): () => WireBytes {
  const open = new Set<Socket>()
  let received = 0
  let sent = 0
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => {
      open.delete(socket)
      received += socket.bytesRead
      sent += socket.bytesWritten
    })
  })
  return () => ({
    received: received + sum([...open], ({ bytesRead }) => bytesRead),
    sent: sent + sum([...open], ({ bytesWritten }) => bytesWritten)
  })
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number => items.reduce((total, item) => total + of(item), 0)
