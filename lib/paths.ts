/** `path` with what is set of `query`. */
function at(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}

/** The party that a member of several acts for: in every address of the workspace, never in hidden state. */
type As = string | undefined

/** What a page about a person's account says was done. */
type AccountChange = 'name' | 'password' | 'sessions' | 'passkey' | 'renamed' | 'removed' | 'confirmed'

/** Every address of the site, once. References go in as stored (eleven characters), hashes as lower-case hex. */
export const paths = {
  home: () => '/',
  /** Where the form of the start page sends what was typed. */
  find: () => '/track',
  track: (reference: string) => `/track/${encodeURIComponent(reference)}`,
  /** The address on a label: no language in it, and the log key's fingerprint where only the browser sees it. */
  label: ({ reference, fingerprint }: { reference: string; fingerprint: string }) => `/t/${reference}#k=${fingerprint}`,
  /** The same without the fingerprint: it leads to {@link paths.track}, and from there it asks the server again, which a link to the page one is on does not. */
  again: (reference: string) => `/t/${reference}`,
  /** A GS1 key as its path in one spelling, `01/…`: what the page says that lists its consignments. */
  gs1: (path: string) => `/gs1/${path}`,
  /** The same on a label, as GS1 Digital Link writes it. */
  gs1Label: ({ path, fingerprint }: { path: string; fingerprint: string }) => `/${path}#k=${fingerprint}`,
  /** A picture of a consignment for sites that show what is passed on. */
  picture: (reference: string) => `/track/${reference}/picture`,
  verify: () => '/verify',
  /** The offline verifier, one file to be kept. */
  verifier: () => '/seal/throughline-verifier.html',
  log: () => '/log',
  /** The log at a size that paper names. */
  logAt: (size: number) => `/log/${size}`,
  checkpoint: () => '/log/checkpoint',
  vkey: () => '/log/vkey',
  /** The log's health: for people, for feed readers and for programs. */
  status: () => '/status',
  statusFeed: () => '/status/feed',
  statusJson: () => '/status.json',
  evidence: (reference: string) => `/api/evidence/${reference}`,
  /** A party's whole list of keys with its proof. */
  keyList: (party: string) => `/api/keys/${party}`,
  proof: (eventHash: string) => `/api/events/${eventHash}/proof`,
  events: () => '/api/events',
  /** Where anyone hands in a checkpoint that this log has signed. */
  checkpoints: () => '/api/checkpoints',
  /** Both checkpoints that stopped the log, in one file. */
  contradiction: () => '/log/contradiction',
  policy: () => '/log/policy',
  /** What was handed in and stopped the signing. */
  handedIn: () => '/api/checkpoints/handed-in',
  /** `period`: days that its figures are counted over, or all. */
  party: (reference: string, period?: string) => at(`/parties/${reference}`, { period }),
  /** The same for members, with what passed between it and their party. */
  partyRecord: (reference: string, as?: As, period?: string) => at(`/parties/${reference}/record`, { as, period }),
  /** The open release of a consignment, as its giver's screen or waybill shows it; what opens it stands behind the #. */
  take: (reference: string) => `/take/${reference}`,
  firstRun: () => '/first-run',
  recover: (as?: As) => at('/recover', { as }),
  /** `next`: where to go on after signing in. */
  signIn: (next?: string) => at('/sign-in', { next }),
  /** For members of several parties, or of none. */
  chooseParty: (next?: string) => at('/choose-party', { next }),
  join: (token: string) => `/join/${token}`,
  resetPassword: (token: string) => `/reset-password/${token}`,
  /** Where who forgot the password asks for such a link. */
  askReset: () => '/reset-password',
  /** `changed`: what the page is to say was changed; `passkey`: the id of the one whose controls are shown. */
  account: (as?: As, changed?: AccountChange, passkey?: string) => at('/account', { as, changed, passkey }),
  /** What better-auth answers to a browser's dialogue about passkeys. */
  passkeys: {
    challenge: () => '/api/auth/passkey/generate-authenticate-options',
    signIn: () => '/api/auth/passkey/verify-authentication',
    newChallenge: () => '/api/auth/passkey/generate-register-options',
    add: () => '/api/auth/passkey/verify-registration',
  },
  enterDemo: ({ problem, next }: { problem?: string | undefined; next?: string | undefined } = {}) =>
    at('/enter', { problem, next }),
  /** Where the browser that entered as `party` makes its key. */
  enteredDemo: (party: string, next?: string) => at(`/enter/${party}`, { next }),
  /** `drafts`: all of them instead of the newest few. */
  today: (as?: As, query: { drafts?: 'all' } = {}) => at('/today', { as, ...query }),
  consignments: (as?: As, query: Readonly<Record<string, string | undefined>> = {}) =>
    at('/consignments', { as, ...query }),
  /** The whole list of that query as a file. */
  consignmentsCsv: (as?: As, query: Readonly<Record<string, string | undefined>> = {}) =>
    at('/consignments/list.csv', { as, ...query }),
  /** Consignments from a spreadsheet. */
  importing: (as?: As) => at('/import', { as }),
  /** What one import made. */
  imported: (importId: string, as?: As) => at(`/import/${importId}`, { as }),
  newConsignment: (as?: As) => at('/consignments/new', { as }),
  consignment: (reference: string, as?: As) => at(`/consignments/${reference}`, { as }),
  /** The form of one kind of act; `release`: the event hash of what it answers. */
  act: (reference: string, kind: string, as?: As, query: Readonly<Record<string, string | undefined>> = {}) =>
    at(`/consignments/${reference}/${kind}`, { as, ...query }),
  /** `gs1`: why the key that was typed is not on the label. `pdf`: why there is no PDF. */
  labels: (reference: string, as?: As, query: { gs1?: string; pdf?: string } = {}) =>
    at(`/consignments/${reference}/label`, { as, ...query }),
  /** Labels of several: of the drafts of one import, or of those whose references are named. */
  manyLabels: (as?: As, query: { import?: string | undefined } = {}) => at('/labels', { as, ...query }),
  /** The same as a file. `query`: of the page, pair by pair, as references are named one by one. */
  labelsPdf: (query: readonly (readonly [string, string])[]) =>
    `/labels/labels.pdf?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`,
  labelPicture: (reference: string) => `/consignments/${reference}/label.svg`,
  waybill: (reference: string, release: string, as?: As) => at(`/consignments/${reference}/waybill`, { as, release }),
  waybillPdf: (reference: string, release: string, as?: As) =>
    at(`/consignments/${reference}/waybill.pdf`, { as, release }),
  scan: (as?: As, query: Readonly<Record<string, string | undefined>> = {}) => at('/scan', { as, ...query }),
  /** Where a code that was scanned or typed leads. `release`: the event hash of the open release that the code is of. */
  scanned: (reference: string, as?: As, release?: string) =>
    at(`/scan/${encodeURIComponent(reference)}`, { as, release }),
  /** What the party was told; `before`: where the page begins, see `Inbox.older`. */
  notices: (as?: As, query: { before?: string | undefined } = {}) => at('/notices', { as, ...query }),
  /** What a member is written beside that; `changed`: the page is to say so. */
  noticeSettings: (as?: As, changed?: 'saved') => at('/notices/settings', { as, changed }),
  keys: (as?: As) => at('/keys', { as }),
  /** The keys page with the form that revokes `key` (its name, 32 hex characters). */
  revokeKey: (key: string, as?: As) => at('/keys', { as, revoke: key }),
  /** `changed`: what the page is to say was changed; `member`: the user id of the one whose controls are shown. */
  members: (as?: As, query: { changed?: 'role' | 'removed' | 'revoked'; member?: string } = {}) =>
    at('/members', { as, ...query }),
  parties: (as?: As, query?: string) => at('/parties', { as, query }),
  newParty: (as?: As) => at('/parties/new', { as }),
  /** What a party's own admins and the operator's do about it; what anyone may see is {@link paths.party}. */
  manageParty: (reference: string, as?: As, query: Readonly<Record<string, string | undefined>> = {}) =>
    at(`/parties/${reference}/manage`, { as, ...query }),
  /** This page in another language; handled for every page alike. `query`: the page's own, which is kept. */
  inLanguage: (locale: string, query = '') => {
    const kept = new URLSearchParams(query)
    kept.set('lang', locale)
    return `?${kept}`
  },
} as const
