/** A terminal's clock against the centre's, both ways; as the national gateway allows. */
export const CLOCK_TOLERANCE_MS = 30 * 60 * 1000
