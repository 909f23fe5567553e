/** The branches of messages that a form with a {@link SignButton} gives its `ClientWords`, beside its own. */
export const SIGN_WORDS = ['outbox', 'refusals'] as const
