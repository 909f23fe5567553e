import type { ReadOnlyCode } from './log-state.ts'

/** What an operator does about a read-only log, by what is behind it. */
export type WayOut = 'set-back' | 'guard' | 'key' | 'changed'

const WAYS: Readonly<Record<ReadOnlyCode, WayOut>> = {
  'guard-missing': 'guard',
  'guard-unreadable': 'guard',
  'log-key-missing': 'key',
  'log-key-differs': 'key',
  'database-behind': 'set-back',
  'witness-ahead': 'set-back',
  'database-differs': 'changed',
  'leaf-altered': 'changed',
  'checkpoint-differs': 'changed',
  'index-differs': 'changed',
  'witness-differs': 'changed',
}

/** The way out of a read-only log, for pages that have words of their own. */
export const wayOutOf = (code: ReadOnlyCode): WayOut => WAYS[code]

// A database that was put back holds no alarm; one that was mended where it is does.
const AFTERWARDS =
  'The alarm stands in the database for every process on it. Once this was dealt with and the database is still the same: npm start -- --clear-alarm, then restart the others'

/** For the console, where whoever can do it looks. */
export const WAY_OUT_WORDS: Readonly<Record<WayOut, string>> = {
  'set-back': `What to do: put the newer database back in place of this one. If it is lost for good, a new log takes the place of this one and names its last checkpoint: npm run succeed -- DIR. ${AFTERWARDS}`,
  guard:
    'What to do: start with the newest checkpoint of this log that anyone kept, npm start -- --guard FILE; or, only if nobody can have seen anything newer than this database, npm start -- --trust-database',
  key: 'What to do: put this log’s log.key back into DATA_DIR, or set LOG_KEY. If it is lost, a new log takes the place of this one: npm run succeed -- DIR --vkey THE_OLD_LOGS_KEY',
  changed: `What to do: copy the folder, then npm run fsck says what was changed. Put an unchanged backup in its place that holds all that was signed. If there is none: npm run succeed -- DIR. ${AFTERWARDS}`,
}
