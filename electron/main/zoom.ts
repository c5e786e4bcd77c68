/** Larger and smaller, by the keys and the wheel that every browser has: this window has no menu that would bring them. */

import type { Input, WebContents } from 'electron'

export type Zoom = 'in' | 'out' | 'reset'

export type ZoomKey = Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>

const STEP = 0.5
/** Half as large to three times as large. */
const LEVEL_MIN = -4
const LEVEL_MAX = 6

export function zoomOf({ type, key, control, meta, alt }: ZoomKey): Zoom | undefined {
  if (type !== 'keyDown' || alt || control === meta) return undefined
  switch (key) {
    case '+':
    case '=':
      return 'in'
    case '-':
    case '_':
      return 'out'
    case '0':
      return 'reset'
    default:
      return undefined
  }
}

export const zoomedLevel = (level: number, zoom: Zoom): number => {
  if (zoom === 'reset') return 0
  return Math.min(LEVEL_MAX, Math.max(LEVEL_MIN, level + (zoom === 'in' ? STEP : -STEP)))
}

export function allowZoom(contents: WebContents): void {
  const apply = (zoom: Zoom): void => contents.setZoomLevel(zoomedLevel(contents.getZoomLevel(), zoom))
  contents.on('before-input-event', (event, input) => {
    const zoom = zoomOf(input)
    if (zoom === undefined) return
    event.preventDefault()
    apply(zoom)
  })
  contents.on('zoom-changed', (_, direction) => apply(direction))
}
