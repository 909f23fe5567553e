import type { ConsignmentView } from '../core/custody/views.ts'
import type { Check, CheckName, NotRunCode, Report, SentenceCode } from '../core/evidence/report.ts'

/** What a check is called, what its passing means, and what it leaves open. */
const CHECKS: Readonly<Record<CheckName, { title: string; means: string; not: string }>> = {
  'log-key': {
    title: 'It is the log you named',
    means: 'the log’s key is the one you gave with --vkey.',
    not: 'that whoever runs the log is honest.',
  },
  'checkpoint-signed': {
    title: 'The log stands by its list',
    means: 'the log’s key signed how many records there are and the hash over all of them.',
    not: 'that everybody is shown the same list: that takes witnesses.',
  },
  'checkpoint-consistent': {
    title: 'History was not rewritten',
    means: 'all that was seen here earlier is still in the list, unchanged.',
    not: 'anything about the time before; this command keeps nothing between runs.',
  },
  witnesses: {
    title: 'Independent witnesses saw the same list',
    means: 'the witnesses you trust signed the same list.',
    not: 'that what the records say is true.',
  },
  'leaves-included': {
    title: 'Nobody changed a record',
    means: 'every record of the file is in the signed list, byte for byte.',
    not: 'that nothing was left out.',
  },
  'chain-unbroken': {
    title: 'Nothing is missing in between',
    means: 'from the first record to the last one here there is no gap and no other order.',
    not: 'that there is no newer record after the last one here.',
  },
  'events-signed': {
    title: 'Each side signed for itself',
    means: 'the keys named made these statements; they were enrolled and not revoked when the log took them.',
    not: 'which person held the key, or that a stolen key was not used before anyone noticed.',
  },
  'custody-rules': {
    title: 'The rules were kept',
    means: 'each record was allowed, and what is in effect was allowed to take effect.',
    not: 'that the goods were really there.',
  },
  balance: {
    title: 'The quantities add up',
    means: 'all that was packed is held, handed out or accounted for, after every record.',
    not: 'that somebody counted right.',
  },
  complete: {
    title: 'Nothing newer is left out',
    means:
      'the log committed to exactly the records of this consignment, and of the keys and parties it relies on, that are here',
    not: 'that the goods made no way that nobody recorded.',
  },
  attachments: {
    title: 'Attached files are those that were signed',
    means: 'they are the same, byte for byte.',
    not: 'what they show.',
  },
  'page-agrees': {
    title: 'The page shows what was signed',
    means: 'the page says what the checked records say.',
    not: 'that the program on the page is honest.',
  },
}

const SENTENCES: Readonly<Record<SentenceCode, string>> = {
  'verified-no-witness': 'VERIFIED. The record is intact, as this log shows it. No witnesses were asked.',
  'verified-witnessed': 'VERIFIED. The record is intact, and independent witnesses saw the same log.',
  failed: 'FAILED. At least one check did not pass: do not rely on this file.',
  unusable: 'UNUSABLE. This is no evidence file that can be checked.',
  'consistent-key-not-checked':
    'NOT VERIFIED. The file is consistent in itself; whose log this is was not checked. Give the key with --vkey.',
  'reported-not-witnessed':
    'NOT VERIFIED. The record is intact, but it is a history as one party tells it: nobody signed for taking the goods.',
  'reported-key-not-checked':
    'NOT VERIFIED. A history as one party tells it, consistent in itself; whose log this is was not checked. Give the key with --vkey.',
  'newer-than-this-verifier':
    'NOT VERIFIED. Nothing failed, but a record is of a kind that this program is too old to know.',
  'quoted-beyond-limit': 'NOT VERIFIED. Nothing failed, but the goods come from more records than one file holds.',
}

const OUTCOMES = { pass: 'passed', fail: 'FAILED', 'not-run': 'not run' } as const

const records = (count: number) => `${count} record${count === 1 ? '' : 's'}`

/** With witnesses, how many and who. */
function sentenceOf({ sentence, checks }: Report): string {
  const facts = checks.find(check => check.name === 'witnesses')?.facts
  if (sentence !== 'verified-witnessed' || !facts) return SENTENCES[sentence]
  const who = facts.k === 1 ? 'an independent witness' : `${facts.k} independent witnesses`
  return `VERIFIED. The record is intact; the same record was seen by ${who}: ${facts.names}.`
}

/** The report as a person reads it on a terminal: the sentence, what was checked, and what each check does not prove. */
export function formatReport(report: Report): string {
  const lines = [sentenceOf(report), '']
  if (report.unusable) return printable(`${lines[0]}\n${report.unusable.code}: ${report.unusable.detail}\n`)
  lines.push(`Consignment  ${report.subject.replace('consignment/', '')}`)
  if (report.origin !== undefined) lines.push(`Log          ${report.origin}, ${records(report.checkpointSize ?? 0)}`)
  if (report.demo) lines.push('             Demonstration: keys are kept on the server, the goods are invented.')
  if (report.view && report.verdict !== 'failed') lines.push(...formatView(report.view))
  lines.push('', ...report.checks.flatMap(formatCheck))
  return printable(`${lines.join('\n')}\n`)
}

/** Why a check was not run. */
const NOT_RUN: Readonly<Record<NotRunCode, string>> = {
  'nothing-trusted': 'no key of the log is known from elsewhere to compare with',
  'log-succeeds-trusted':
    'another log, whose leaf 0 carries the last checkpoint of the trusted one: to be trusted anew',
  'nothing-seen': 'no earlier checkpoint of this log is kept here',
  'seen-unusable': 'the checkpoint that is kept here cannot be read',
  'seen-other-log': 'the checkpoint that is kept here is not of the log of this file',
  'no-consistency-proof': 'the file brings no proof between its checkpoint and the one that is kept here',
  'no-witness-policy': 'no witnesses are trusted, so none are asked for',
  'no-witness-asked': 'the policy asks for no witness, and none that it names signed',
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

/** Whose word it is that the log’s index tells the truth. */
function wordOf(facts: Check['facts']): string {
  return facts?.by === undefined
    ? ' (on the operator’s word; anyone can replay the log).'
    : ` (confirmed by ${facts.by}, who replayed the log).`
}

function formatCheck({ name, outcome, code, detail, leaf, facts }: Check): string[] {
  const { title, means, not } = CHECKS[name]
  const why =
    outcome === 'fail'
      ? `${code}${countOf(facts)}${detail === '' ? '' : `: ${detail}`}${leaf === undefined ? '' : ` (leaf ${leaf})`}`
      : NOT_RUN[code as NotRunCode]
  const head = `${OUTCOMES[outcome].padEnd(7)}  ${title} (${name})`
  const meant = name === 'complete' ? means + wordOf(facts) : means
  const rest = outcome === 'pass' ? [`means: ${meant}`, `does not prove: ${not}`] : [`why: ${why}`]
  return [head, ...rest.map(line => `         ${line}`)]
}

/** Of a check that counts witnesses. */
function countOf(facts: Check['facts']): string {
  return facts?.k === undefined ? '' : ` (${facts.k} of ${facts.n} signed, at least ${facts.least} are asked for)`
}

function formatView(view: ConsignmentView): string[] {
  const nameOf = (reference: string) => {
    const name = view.parties.find(party => party.reference === reference)?.name
    return name && 'value' in name ? name.value : reference
  }
  const lines = view.lines.map(({ id, item, unit, packSize, quantity, balance }) => {
    const label = `Line ${id}`.padEnd(12)
    if (!balance)
      return `${label} ${quantity ?? '?'} ${unit}${packSize ? ` of ${packSize}` : ''}, ${item} (according to ${nameOf(view.founder)})`
    const held = balance.holdings.map(
      each => `${each.quantity}${each.condition === 'damaged' ? ' damaged' : ''} with ${nameOf(each.party)}`,
    )
    const { missing, lost, writtenOff, distributed, movedOn } = balance
    const gone = Object.entries({ missing, lost, 'written off': writtenOff, distributed, 'moved on': movedOn })
    const counted = [...held, ...gone.filter(([, count]) => count !== 0).map(([word, count]) => `${count} ${word}`)]
    const came = balance.packed + balance.surplus + balance.adjusted
    return `${label} ${came} ${unit}, ${item} = ${counted.join(' + ') || '0'}`
  })
  const strays = view.events.filter(event => event.notInEffect !== undefined && event.settledBy === undefined).length
  const stray = strays > 0 ? [`             ${strays} signed, not in effect, not settled`] : []
  return [`State        ${view.stage}, ${records(view.events.length)}`, ...lines, ...stray]
}

/** What a file brings may hold anything, escape sequences of the terminal included. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '\ufffd')
}
