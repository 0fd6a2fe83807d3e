/** An article as a post of WordPress, in its own blocks, for `POST /wp/v2/posts`. */

import { exhausted, type Article, type BodyBlock, type LegalContent } from "legal-content";

type Post = { slug: string; title: string; excerpt: string; status: "draft"; content: string };

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One block of the editor: its markup between the two comments that name it. */
function wrap(name: string, html: string, options: object = {}): string {
  const given = Object.keys(options).length ? ` ${JSON.stringify(options)}` : "";
  return `<!-- wp:${name}${given} -->\n${html}\n<!-- /wp:${name} -->`;
}

function write(block: BodyBlock): string {
  switch (block.type) {
    case "heading":
      return wrap("heading", `<h2 class="wp-block-heading">${escape(block.value.text)}</h2>`);
    case "text":
      return wrap("html", block.value);
    case "key_takeaways":
      return wrap("html", `<ul>${block.value.items.map((one) => `<li>${one}</li>`).join("")}</ul>`);
    case "notice":
      return wrap("html", `<aside><h3>${escape(block.value.title)}</h3>${block.value.text}</aside>`);
    case "questions_and_answers":
      return block.value.items
        .map((one) => wrap("html", `<h3>${escape(one.question)}</h3>${one.answer}`))
        .join("\n\n");
    case "law_quotation": {
      const { quote, citation } = block.value;
      const inside = `<p>${escape(quote)}</p><cite>${escape(citation)}</cite>`;
      return wrap("html", `<blockquote>${inside}</blockquote>`);
    }
    case "table": {
      const { columns } = block.value;
      const heads = columns.map((one) => `<th>${escape(one.heading ?? "")}</th>`);
      // Cells of text are text; the others are HTML.
      const show = (cell: string, at: number) =>
        `<td>${columns[at]?.type === "text" ? escape(cell) : cell}</td>`;
      const rows = block.value.rows.map((row) => `<tr>${row.values.map(show).join("")}</tr>`);
      const head = `<thead><tr>${heads.join("")}</tr></thead>`;
      return wrap("html", `<table>${head}<tbody>${rows.join("")}</tbody></table>`);
    }
    case "call_to_action": {
      const { label, url, title } = block.value;
      const link = url ? `<a href="${escape(url)}">${escape(label)}</a>` : "";
      return wrap("html", `<h3>${escape(title)}</h3>${link}`);
    }
    case "image": {
      if (!block.value) return "";
      const { url, alt, width, height } = block.value;
      const size = `width="${width}" height="${height}"`;
      return wrap("html", `<img src="${escape(url)}" alt="${escape(alt)}" ${size}>`);
    }
    case "screener":
    case "screener_question":
      // The plugin's shortcode, or any site by the address alone.
      return block.value ? wrap("shortcode", `[legal_screener key="${block.value.key}"]`) : "";
    case "help_entries":
      return wrap(
        "html",
        `<ul>${block.value.entries.map((one) => `<li>${escape(one.name)}</li>`).join("")}</ul>`,
      );
    case "kept":
      return "";
    default:
      return exhausted(block);
  }
}

/** The post of an article; a draft, since somebody here has to look at it. */
export function makePost(article: Pick<Article, "slug" | "title" | "summary" | "body">): Post {
  const { slug, title, summary: excerpt } = article;
  const content = article.body.map(write).filter(Boolean).join("\n\n");
  return { slug, title, excerpt, status: "draft", content };
}

/** The posts of all articles in a language. */
export async function makePosts(site: LegalContent, locale = "en"): Promise<Post[]> {
  const posts: Post[] = [];
  const fields = ["slug", "title", "summary", "body"] as const;
  for await (const article of site.everyArticle({ locale, fields })) posts.push(makePost(article));
  return posts;
}
