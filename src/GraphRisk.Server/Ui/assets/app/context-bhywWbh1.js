import{o,q as n,u}from"./index-DrFjze6n.js";function r(){const t=o(),[e]=n(),{language:s}=u();return{...t,asked:{id:t.id,...e},spoken:s==="zh"?"ZH":"EN"}}export{r as u};
