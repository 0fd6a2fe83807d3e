import Link from "next/link";

export default function Page() {
  return (
    <main>
      <h1>Another article</h1>
      <Link href="/">An old conviction</Link>
    </main>
  );
}
