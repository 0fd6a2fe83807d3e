import Link from "next/link";
import { LegalScreener } from "legal-screener/react";

const SITE = "https://law.example";
const KEY = "ca-firearm-expungement";

export default function Page() {
  return (
    <main>
      <h1>An old conviction</h1>
      <LegalScreener src={`${SITE}/api/v1/screeners/${KEY}/`}>
        <a href={`${SITE}/screeners/${KEY}/`}>California gun convictions</a>
      </LegalScreener>
      <Link href="/other">Another article</Link>
    </main>
  );
}
