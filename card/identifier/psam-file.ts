/** Files of the social security PSAM (PSG 1). */

/**
 * By file identifier; the low five bits serve as short file identifier.
 *
 *   MF 3F00    0001 DIR, records   0015 public information   0016 terminal information
 *   ADF DF01   0019 terminal serial   001A-001C information of nation, province and city
 */
export const PSAM_EF = {
  DIRECTORY: 0x0001,
  PUBLIC_INFO: 0x0015,
  TERMINAL_INFO: 0x0016,
  TERMINAL_SERIAL: 0x0019,
  NATIONAL_INFO: 0x001a,
  PROVINCE_INFO: 0x001b,
  CITY_INFO: 0x001c
} as const

/** Lengths in bytes. */
export const PSAM_FILE_LENGTH = {
  /** issuer 1 | PSAM serial number cn 10 | version 1 | key card type 1 | FCI 2 */
  PUBLIC_INFO: 15,
  /** terminal number cn 6 */
  TERMINAL_INFO: 6,
  TERMINAL_SERIAL: 4,
  /** purchase key index 1 | authentication key version 1 | start date cn 4 | end date cn 4 */
  LEVEL_INFO: 10
} as const
