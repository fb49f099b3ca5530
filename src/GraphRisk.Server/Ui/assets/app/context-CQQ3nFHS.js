import{o,q as n,u}from"./index-BiDLQfpc.js";function r(){const t=o(),[e]=n(),{language:s}=u();return{...t,asked:{id:t.id,...e},spoken:s==="zh"?"ZH":"EN"}}export{r as u};
