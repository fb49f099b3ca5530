import{j as r,E as t}from"./index-CrCjD6kf.js";function e(){return r.jsx(t,{})}export{e as ScorePage};
