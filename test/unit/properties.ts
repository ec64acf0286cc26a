/** How often each property is tried. Mutation tests try it thousands of times over, with few cases each. */
import fc from 'fast-check';

fc.configureGlobal({ numRuns: Number(process.env.PROPERTY_RUNS ?? 100) });
