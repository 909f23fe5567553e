/** Every address of the site, once. References go in as stored (eleven characters), hashes as lower-case hex. */
export const paths = {
  home: () => '/',
  /** Where the form of the start page sends what was typed. */
  find: () => '/track',
  track: (reference: string) => `/track/${encodeURIComponent(reference)}`,
  /** The address on a label: no language in it, and the log key's fingerprint where only the browser sees it. */
  label: ({ reference, fingerprint }: { reference: string; fingerprint: string }) => `/t/${reference}#k=${fingerprint}`,
  verify: () => '/verify',
  log: () => '/log',
  checkpoint: () => '/log/checkpoint',
  vkey: () => '/log/vkey',
  evidence: (reference: string) => `/api/evidence/${reference}`,
  proof: (eventHash: string) => `/api/events/${eventHash}/proof`,
  events: () => '/api/events',
  /** This page in another language; handled for every page alike. */
  inLanguage: (locale: string) => `?lang=${locale}`,
} as const
