function r(e){return new Worker("/app/elk-worker.min-Dhe4-MQc.js",{name:e?.name})}export{r as default};
