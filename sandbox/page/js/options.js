/** The options that a Block Kit element offers. Pure. */

/** @param {any} element @returns {any[]} its options, groups opened; none for what is typed into */
export const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((g) => g.options);
