/** An article as a page of Next.js or of any framework that renders on a server. */

import { LegalContent, ProblemError } from "legal-content";
import { Block } from "./blocks";

const SITE = new LegalContent("https://law.example");

/** Which pages there are (`generateStaticParams` of Next.js). */
export async function listSlugs(site = SITE): Promise<{ slug: string }[]> {
  const found: { slug: string }[] = [];
  for await (const { slug } of site.everyArticle({ fields: ["slug"] })) found.push({ slug });
  return found;
}

/** One of them; null where the article is no longer public. */
export default async function ArticlePage({ slug, site = SITE }: { slug: string; site?: LegalContent }) {
  try {
    const article = await site.article(slug, { expand: "screener" });
    return (
      <article lang={article.locale}>
        <h1>{article.title}</h1>
        <p>{article.summary}</p>
        {article.review.state !== "reviewed" && <p>No attorney has reviewed this page.</p>}
        {article.body.map((block, at) => (
          <Block key={block.id ?? at} block={block} links={article.links} />
        ))}
      </article>
    );
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}
