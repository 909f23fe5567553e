import type { Check, CheckCode, CheckName, NotRunCode } from './report.ts'

type More = Pick<Check, 'leaf' | 'facts'>

export function passed(name: CheckName, detail: string, more: More = {}): Check {
  return { name, outcome: 'pass', code: 'ok', detail, ...more }
}

export function failed(
  name: CheckName,
  code: Exclude<CheckCode, 'ok' | NotRunCode>,
  detail: string,
  more: More = {},
): Check {
  return { name, outcome: 'fail', code, detail, ...more }
}

export function notRun(name: CheckName, code: NotRunCode, more: More = {}): Check {
  return { name, outcome: 'not-run', code, detail: NOT_RUN[code], ...more }
}

const NOT_RUN: Readonly<Record<NotRunCode, string>> = {
  'nothing-trusted': 'no key of the log is known from elsewhere to compare with',
  'log-succeeds-trusted':
    'another log, whose leaf 0 carries the last checkpoint of the trusted one: to be trusted anew',
  'nothing-seen': 'no earlier checkpoint of this log is kept here',
  'seen-unusable': 'the checkpoint that is kept here cannot be read',
  'seen-other-log': 'the checkpoint that is kept here is not of the log of this file',
  'no-consistency-proof': 'the file brings no proof between its checkpoint and the one that is kept here',
  'no-witness-policy': 'no witnesses are trusted, so none are asked for',
  'index-not-promised': 'this log promises no index: a newer record may exist that the file does not show',
  'no-attachments': 'nothing is attached',
  'file-unusable': 'the file is no evidence file',
  'checkpoint-unreadable': 'the checkpoint states no tree',
  'leaves-not-included': 'the records are not shown to be in the log',
  'chain-broken': 'the chain of records is broken',
  'events-not-signed': 'not every record is signed by who may sign it',
  'rules-not-passed': 'the rules of custody were not checked, or did not pass',
  'reported-not-witnessed': 'a history as one party tells it: nobody handed anything over here',
  'newer-than-this-verifier': 'a record is of a kind or version that this program does not know',
  'quoted-beyond-limit': 'the goods come from more records than one file holds',
  'no-view': 'nothing was verified to compare the page with',
}
