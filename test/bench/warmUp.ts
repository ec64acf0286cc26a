/** What the emails of a run begin with that isn't counted. */
export const WARM_UP = 'w';
export const WARM_UP_ROWS = 3000;
export const WARM_UP_PROFILES = 20;
