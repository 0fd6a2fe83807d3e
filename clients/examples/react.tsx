import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { LegalScreener } from "legal-screener/react";
import type { LegalScreenerElement } from "legal-screener";

declare const SITE: string;
const pages: Record<string, string> = { small: "Small screener", other: "Another" };

function Article() {
  const [screener, setScreener] = useState<string>();
  const [locale, setLocale] = useState("en");
  const [told, setTold] = useState<string[]>([]);
  const element = useRef<LegalScreenerElement>(null);
  return (
    <main>
      <button onClick={() => setScreener("small")}>Which one</button>
      <button onClick={() => setLocale("es")}>Español</button>
      <button onClick={() => element.current?.leave()}>Leave</button>
      <output>{told.join(" ")}</output>
      <LegalScreener
        ref={element}
        src={screener && `${SITE}/api/v1/screeners/${screener}/`}
        locale={locale}
        exitUrl={`${location.origin}/away`}
        className="wide"
        onStarted={(event) => setTold([...told, `started ${event.detail.screener}`])}
        onFinished={(event) => setTold([...told, `finished ${event.detail.screener}`])}
      >
        {screener && <a href={`${SITE}/screeners/${screener}/`}>{pages[screener]}</a>}
      </LegalScreener>
    </main>
  );
}

createRoot(document.querySelector("#root")!).render(<Article />);
