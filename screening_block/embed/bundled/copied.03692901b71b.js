export default([t,a,e])=>({words_of:async({data:{texts:o,locale:s}},d,n)=>{let r=[n,n.split("-")[0]].find(t=>t in o)??s,w=await a(new URL(`words/${r}.json`,d));return e(t(await w.text()).words,d)}});
