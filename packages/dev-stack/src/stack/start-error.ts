/** Something a person can put right: shown without a stack. */
export class StartError extends Error {}
