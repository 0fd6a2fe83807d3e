/* The browser's half of dummy_plugin.multiple; held to vectors/multiple.json. */
export default {
  evaluate(node, ctx) {
    const answer = ctx.answer(node.question);
    if (answer === null) return 1;
    // -6 % 3 is -0 here, which equals 0.
    return answer % node.of === 0 ? 2 : 0;
  },
};
