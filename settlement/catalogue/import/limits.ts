/** What an import takes. More than the national catalogue of any year; a file that is larger is none of ours. */

/** Bytes of one file as it comes, packed or not. */
export const FILE_BYTES_MAX = 256 * 1024 * 1024
/** Bytes of everything that one file unpacks to. */
export const UNPACKED_BYTES_MAX = 512 * 1024 * 1024
/** Texts in one ZIP: the pages of a query among them. */
export const MEMBERS_MAX = 4_096
/** Bytes of one line. */
export const LINE_BYTES_MAX = 64 * 1024
/** Rows of all files together. */
export const ROWS_MAX = 2_000_000
/** Items with all their periods. */
export const ITEMS_MAX = 500_000
/** Problems that are kept with their words; every one is counted. */
export const PROBLEMS_KEPT_MAX = 1_000
