import{o,q as u,u as a}from"./index-CP4AjH2x.js";function r(){const s=o(),[t]=u(),{language:e}=a();return{...s,asked:{id:s.id,...t},spoken:e==="zh"?"ZH":"EN"}}export{r as u};
