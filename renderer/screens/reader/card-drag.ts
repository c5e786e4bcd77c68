/** What a dragged card carries: its name, under a type of our own, so that nothing else that is dropped is taken for one. */

import type { DragEvent } from 'react'

const TYPE = 'application/x-caresettle-card'

export function takeAlong(event: DragEvent, card: string): void {
  event.dataTransfer.setData(TYPE, card)
  event.dataTransfer.effectAllowed = 'move'
}

/** Lets a card be dropped here; everything else falls through. */
export function allowCard(event: DragEvent): boolean {
  if (!event.dataTransfer.types.includes(TYPE)) return false
  event.preventDefault()
  event.dataTransfer.dropEffect = 'move'
  return true
}

export function droppedCard(event: DragEvent): string | null {
  event.preventDefault()
  const card = event.dataTransfer.getData(TYPE)
  return card === '' ? null : card
}
