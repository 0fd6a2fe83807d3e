import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { LegalScreener } from "legal-screener/react";
import type { LegalScreenerElement } from "legal-screener";

const SITE = "https://law.example";
const KEY = "ca-firearm-expungement";

function Article() {
  const [screener, setScreener] = useState<string>();
  const [locale, setLocale] = useState("en");
  const [told, setTold] = useState<string[]>([]);
  const element = useRef<LegalScreenerElement>(null);
  return (
    <main>
      <button onClick={() => setScreener(KEY)}>Which one</button>
      <button onClick={() => setScreener(undefined)}>None</button>
      <button onClick={() => setLocale("es")}>Español</button>
      <button onClick={() => element.current?.leave()}>Leave</button>
      <output>{told.join(" ")}</output>
      <LegalScreener
        ref={element}
        src={screener && `${SITE}/api/v1/screeners/${screener}/`}
        locale={locale}
        className="wide"
        onStarted={(event) => setTold((all) => [...all, `started ${event.detail.screener}`])}
        onFinished={(event) => setTold((all) => [...all, `finished ${event.detail.screener}`])}
      >
        {screener && <a href={`${SITE}/screeners/${screener}/`}>California gun convictions</a>}
      </LegalScreener>
    </main>
  );
}

createRoot(document.querySelector("#root")!).render(<Article />);
