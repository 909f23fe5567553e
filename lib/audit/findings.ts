/** Something in a log, or in how it is served, that must not be. `leaf`: the index of the leaf it is about, where there is one. */
export interface AuditFinding {
  readonly code: AuditCode
  readonly leaf?: number
  readonly detail: string
}

/**
 * `leaf-unreadable`: no leaf of any kind that this program knows · `event-wrong`: its signature, or who signed · `chain-broken`: its place in its
 * subject's chain, or its record time · `rules-broken`: the log had to refuse it · `event-unknown`: of a later version, so that nothing can be
 * said of its meaning · `index-false`: the index leaf commits to another map than the leaves come to · `index-missing`: leaf 0 promises an index
 * and a signed size has none at its end · `index-unpromised`: leaf 0 promises none · `founding-missing`: leaf 0 founds no log.
 */
export type ReplayCode =
  | 'leaf-unreadable'
  | 'event-wrong'
  | 'chain-broken'
  | 'rules-broken'
  | 'event-unknown'
  | 'index-false'
  | 'index-missing'
  | 'index-unpromised'
  | 'founding-missing'

/**
 * Beside the leaves. `tile-differs`: a served tile is not that of the served entries · `root-differs`: the entries do not come to the signed root ·
 * `origin-differs`: leaf 0 founds a log of another name · `checkpoint-forked`, `checkpoint-behind`: not one log with a checkpoint that an earlier
 * run saw · `witnesses-missing`: the cosignatures do not satisfy the policy.
 */
export type TreeCode =
  | 'tile-differs'
  | 'root-differs'
  | 'origin-differs'
  | 'checkpoint-forked'
  | 'checkpoint-behind'
  | 'witnesses-missing'

export type AuditCode = ReplayCode | TreeCode
