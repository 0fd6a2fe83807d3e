/** The blocks of a body as React shows them. A block that is forgotten does not compile. */

import { exhausted, type BodyBlock, type Reference } from "legal-content";

/** Where a page of the legal site is on this one; others keep their address. */
export function localAddress(link: Reference): string {
  return link.type === "article" ? `/guides/${link.slug}` : link.url;
}

/** HTML of the API, its links to articles turned to those of this site. */
export function localHtml(html: string, links: readonly Reference[]): string {
  return links.reduce(
    (text, link) => text.replaceAll(`href="${link.url}"`, `href="${localAddress(link)}"`),
    html,
  );
}

export function Block({ block, links }: { block: BodyBlock; links: readonly Reference[] }) {
  const html = (text: string) => ({ __html: localHtml(text, links) });
  switch (block.type) {
    case "heading":
      return <h2>{block.value.text}</h2>;
    case "text":
      return <div dangerouslySetInnerHTML={html(block.value)} />;
    case "key_takeaways":
      return (
        <ul>
          {block.value.items.map((item, at) => (
            <li key={at} dangerouslySetInnerHTML={html(item)} />
          ))}
        </ul>
      );
    case "notice":
      return (
        <aside data-tone={block.value.tone}>
          <h3>{block.value.title}</h3>
          <div dangerouslySetInnerHTML={html(block.value.text)} />
        </aside>
      );
    case "questions_and_answers":
      return block.value.items.map((item, at) => (
        <section key={at}>
          <h3>{item.question}</h3>
          <div dangerouslySetInnerHTML={html(item.answer)} />
        </section>
      ));
    case "law_quotation":
      return (
        <blockquote cite={block.value.url ?? undefined} lang={block.value.language ?? undefined}>
          <p>{block.value.quote}</p>
          <footer>
            {block.value.citation}
            {block.value.status === "needs_checking" && " (not yet checked)"}
          </footer>
        </blockquote>
      );
    case "table":
      return (
        <table>
          {block.value.caption && <caption>{block.value.caption}</caption>}
          <thead>
            <tr>
              {block.value.columns.map((column, at) => (
                <th key={at} scope="col">
                  {column.heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.value.rows.map((row, at) => (
              <tr key={at}>
                {row.values.map((cell, place) =>
                  // Cells of text are text; the others are HTML.
                  block.value.columns[place]?.type === "text" ? (
                    <td key={place}>{cell}</td>
                  ) : (
                    <td key={place} dangerouslySetInnerHTML={html(cell)} />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "call_to_action": {
      const { title, text, label, url, link } = block.value;
      return (
        <section>
          <h3>{title}</h3>
          <p>{text}</p>
          {url && <a href={link ? localAddress(link) : url}>{label}</a>}
        </section>
      );
    }
    case "image":
      if (!block.value) return null;
      return (
        <figure>
          <img
            src={block.value.url}
            srcSet={block.value.srcset}
            sizes="(min-width: 48rem) 42rem, 100vw"
            width={block.value.width}
            height={block.value.height}
            alt={block.value.alt}
          />
          {block.value.caption && <figcaption>{block.value.caption}</figcaption>}
        </figure>
      );
    case "screener":
    case "screener_question": {
      const embed = block.value?.embed;
      if (!block.value || !embed) return null;
      const inside = `<a href="${embed.page}"></a>`;
      return (
        <>
          <script type="module" src={embed.script} />
          <div
            dangerouslySetInnerHTML={{
              __html: `<legal-screener src="${embed.source}">${inside}</legal-screener>`,
            }}
          />
        </>
      );
    }
    case "help_entries":
      return (
        <ul>
          {block.value.entries.map((entry) => (
            <li key={entry.key}>
              {entry.name}
              {entry.phones.map((phone) => (
                <a key={phone.tel} href={phone.tel}>
                  {phone.number}
                </a>
              ))}
            </li>
          ))}
        </ul>
      );
    case "kept":
      return null;
    default:
      return exhausted(block);
  }
}
