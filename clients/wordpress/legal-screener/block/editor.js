/** The block in the editor: which screener, and in which language. Pages are made by PHP. */

(function ({ blocks, blockEditor, components, element }, { site, settings, words }) {
  const { createElement: h, Fragment, useEffect, useState } = element;
  const { ExternalLink, PanelBody, Placeholder, SelectControl, Spinner, TextControl } = components;

  /**
   * @typedef {{ key: string, title: string, locales: string[] }} Screener
   * @typedef {{ key: string, title: string, locale: string }} Attributes
   * @typedef {{ attributes: Attributes, setAttributes: (some: Partial<Attributes>) => void }} Props
   */

  /** @type {Promise<Screener[]> | undefined} */
  let asked;
  /** The screeners of the site, which it tells any page. */
  const list = () =>
    (asked ??= fetch(`${site}/api/v1/screeners/`).then((response) => {
      if (!response.ok) throw Error(String(response.status));
      return response.json();
    }));

  /** `undefined` until they have come, `null` where they cannot. */
  function useScreeners() {
    const [found, setFound] = useState(/** @type {Screener[] | null | undefined} */ (undefined));
    useEffect(() => {
      if (site)
        list().then(setFound, () => {
          asked = undefined;
          setFound(null);
        });
    }, []);
    return found;
  }

  /** @type {(label: string, instructions: string, ...inside: unknown[]) => unknown} */
  const box = (label, instructions, ...inside) =>
    h(Placeholder, { icon: "forms", label, instructions }, ...inside);

  /** @param {Props & { found: Screener[] }} props */
  function Choice({ attributes: { key, title }, setAttributes, found }) {
    const known = found.some((one) => one.key === key);
    return h(SelectControl, {
      label: words.screener,
      value: key,
      onChange: (/** @type {string} */ picked) => {
        const { title: named = "" } = found.find((one) => one.key === picked) ?? {};
        setAttributes({ key: picked, title: named, locale: "" });
      },
      options: [
        { label: words.choose, value: "", disabled: true },
        ...(key && !known ? [{ label: title || key, value: key }] : []),
        ...found.map((one) => ({ label: one.title, value: one.key })),
      ],
    });
  }

  /** @param {Props & { locales: string[] }} props */
  function Languages({ attributes, setAttributes, locales }) {
    const names = new Intl.DisplayNames([document.documentElement.lang || "en"], {
      type: "language",
    });
    return h(
      blockEditor.InspectorControls,
      null,
      h(
        PanelBody,
        { title: words.title },
        h(SelectControl, {
          label: words.language,
          value: attributes.locale,
          onChange: (/** @type {string} */ locale) => setAttributes({ locale }),
          options: [
            { label: words.page, value: "" },
            ...locales.map((one) => ({ label: names.of(one) ?? one, value: one })),
          ],
        }),
      ),
    );
  }

  /** @param {Props & { found: Screener[] | null | undefined }} props */
  function Content({ found, ...props }) {
    const { attributes, setAttributes } = props;
    const { key, title } = attributes;
    const link = settings && h(ExternalLink, { href: settings }, words.settings);
    if (!site) return box(words.title, words.no_site, link);
    if (found === undefined) return box(words.title, words.loading, h(Spinner));
    if (found === null) {
      const type = (/** @type {string} */ typed) => setAttributes({ key: typed.trim(), title: "" });
      return box(
        words.title,
        words.failed,
        h(TextControl, { label: words.screener, value: key, onChange: type }),
      );
    }
    const known = found.some((one) => one.key === key);
    const says = key ? (known ? words.shown : words.gone) : "";
    return box(title || words.title, says, h(Choice, { ...props, found }));
  }

  /** @param {Props} props of the block */
  function Edit(props) {
    const found = useScreeners();
    const { locales = [] } = found?.find((one) => one.key === props.attributes.key) ?? {};
    return h(
      Fragment,
      null,
      locales.length > 1 && h(Languages, { ...props, locales }),
      h("div", blockEditor.useBlockProps(), h(Content, { ...props, found })),
    );
  }

  blocks.registerBlockType("legal-screener/screener", {
    title: words.title,
    edit: Edit,
    save: () => null,
  });
})(window.wp, window.legalScreener);
