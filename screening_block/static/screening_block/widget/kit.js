/**
 * What the first part of the script hands to those that come later. Here nothing: modules
 * share what they import. `bundle.js` puts in what the later parts ask for.
 * @type {any[]}
 */
export const kit = [];
