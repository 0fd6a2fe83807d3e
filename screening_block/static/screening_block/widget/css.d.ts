/** A style sheet as a text: `bundle.js` makes it so. */
declare module "*.css" {
  const css: string;
  export default css;
}
